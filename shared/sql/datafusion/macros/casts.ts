// Casts as Arrow makes them, one macro a type, because a macro cannot ask for a type by name.
// What differs from DuckDB's casts was measured against DataFusion 49.0.2: see tests/contract/cases/datafusion-numbers.ts.
import type { Macros } from './macro.ts';

const integers = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'] as const;

const cast = (type: string, isTry: boolean): string => `${isTry ? 'try_' : ''}cast_to_${type.toLowerCase()}__`;

/** The macro that casts to a type, where DuckDB's own cast would give other values. */
export function castMacro(type: string, isTry: boolean): string | undefined {
  const known = (integers as readonly string[]).includes(type) || type === 'TIMESTAMP' || type === 'VARCHAR';
  return known ? cast(type, isTry) : undefined;
}

const refuse = (type: string): string => `error('Cannot cast text ''' || CAST(x AS VARCHAR) || ''' to ${type}.')`;

/** Fractions are cut off; text must be a whole number; dates and times count days and nanoseconds, as Arrow holds them. */
function toInteger(type: string, isTry: boolean): string {
  const to = isTry ? 'TRY_CAST' : 'CAST';
  const text = `regexp_matches(CAST(x AS VARCHAR), '^[+-]?[0-9]+$')`;
  return `(x) AS CASE
    WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN ${to}(system.main.trunc(TRY_CAST(x AS DOUBLE)) AS ${type})
    WHEN starts_with(typeof(x), 'DECIMAL') THEN ${to}(system.main.trunc(TRY_CAST(x AS DECIMAL(38, 10))) AS ${type})
    WHEN typeof(x) = 'VARCHAR' THEN CASE WHEN ${text} OR x IS NULL THEN ${to}(x AS ${type})
      ELSE ${isTry ? 'NULL' : refuse(type)} END
    WHEN typeof(x) = 'DATE' THEN ${to}(TRY_CAST(x AS DATE) - DATE '1970-01-01' AS ${type})
    WHEN starts_with(typeof(x), 'TIMESTAMP') THEN ${to}(epoch_ns(TRY_CAST(x AS TIMESTAMP)) AS ${type})
    ELSE ${to}(x AS ${type}) END`;
}

/** Text with an offset is that instant in UTC. */
function toTimestamp(isTry: boolean): string {
  const to = isTry ? 'TRY_CAST' : 'CAST';
  return `(x) AS CASE
    WHEN typeof(x) = 'VARCHAR' THEN make_timestamp(epoch_us(${to}(CAST(x AS VARCHAR) AS TIMESTAMP WITH TIME ZONE)))
    WHEN typeof(x) LIKE '%INT%' THEN make_timestamp_ns(TRY_CAST(x AS BIGINT))::TIMESTAMP
    ELSE ${to}(x AS TIMESTAMP) END`;
}

/** Numbers with exponents as Rust prints them: `1e20`, not `1e+20`. */
function toText(isTry: boolean): string {
  const to = isTry ? 'TRY_CAST' : 'CAST';
  return `(x) AS CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN float_text__(x) ELSE ${to}(x AS VARCHAR) END`;
}

export const castMacros: Macros = {
  float_text__: `(x) AS system.main.replace(system.main.replace(CAST(x AS VARCHAR), 'e+', 'e'), 'e-0', 'e-')`,
  ...Object.fromEntries(
    [false, true].flatMap((isTry) => [
      ...integers.map((type) => [cast(type, isTry), toInteger(type, isTry)] as const),
      [cast('TIMESTAMP', isTry), toTimestamp(isTry)] as const,
      [cast('VARCHAR', isTry), toText(isTry)] as const,
    ]),
  ),
};
