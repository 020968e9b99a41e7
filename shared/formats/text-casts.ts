// Texts as values of a type, each exactly. DuckDB's casts from VARCHAR take more than they can keep: blanks, `_` between
// digits, leading zeros, `1.5` and `0x1F` for integers, `yes` for true, a time behind a date, an offset that they drop.
// Functions stand by their full names: a dialect has macros of the same names that mean something else.
import type { Conversion } from './exact-cast.ts';

/** What is not spelled as DuckDB itself writes the value. */
const respelled = (item: string, value: string): string => `(${value} IS NULL OR CAST(${value} AS VARCHAR) <> ${item})`;

/** What has not this form, in which `_` is any character. Of years before 1000 or after 9999 nothing is said here. */
const shapedUnlike =
  (form: string) =>
  (item: string, value: string): string =>
    `(${value} IS NULL OR strlen(${item}) <> ${form.length} OR ${item} < '0' OR ${item} NOT LIKE '${form}')`;

/** Without an exponent, so that few digits are a number that is neither too large nor too small for its type. */
const plainNumber = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?';
const numberForm = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|-?\\.[0-9]+(?:[eE][-+]?[0-9]+)?';
const day = '[0-9]{4,6}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}';
/** ISO 8601 calls the end of a day 24:00:00. */
const clock = '(?:[01][0-9]|2[0-4]):[0-5][0-9]:[0-5][0-9]';
const offset = 'Z|[-+][0-9]{2}(?::?[0-9]{2})?';

/** No unit, a fraction finer than a microsecond, and one of anything but seconds: DuckDB makes 9 days of 0.33 months. */
const changedInterval = '^[0-9]+$|[.][0-9]{6}[0-9]*[1-9]|[.][0-9]*\\s*[a-rt-zA-RT-Z]';

/** How DuckDB's type of this name takes text; undefined for types whose text is never changed, or that have no text. */
export function textConversion(name: string): Conversion | undefined {
  switch (name) {
    case 'VARCHAR':
      return undefined;
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'HUGEINT':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
    case 'UBIGINT':
    case 'UHUGEINT':
    case 'BIGNUM':
      return { value: tryCast(name), suspect: respelled };
    case 'DOUBLE':
      return floating(name, 15);
    case 'FLOAT':
      return floating(name, 6);
    case 'BOOLEAN':
      // Told by the text alone: DuckDB's cast takes `yes` and `1`, too.
      return {
        value: (item) => `CASE ${item} WHEN 'true' THEN true WHEN 'false' THEN false END`,
        suspect: missing,
        cases: (item) => [
          [`lower(${item}) = 'true'`, 'true'],
          [`lower(${item}) = 'false'`, 'false'],
        ],
      };
    case 'DATE':
      return {
        value: tryCast(name),
        suspect: shapedUnlike('____-__-__'),
        cases: (item, value) => [[`${matches(item, day)} AND ${value} IS NOT NULL`, value]],
      };
    case 'TIME':
      return clockTime(name, 6);
    case 'TIME_NS':
      return clockTime(name, 9);
    case 'TIMESTAMP':
      return timestamp(name, 6);
    case 'TIMESTAMP_S':
      return timestamp(name, 0);
    case 'TIMESTAMP_MS':
      return timestamp(name, 3);
    case 'TIMESTAMP_NS':
      return timestamp(name, 9);
    case 'TIMESTAMP WITH TIME ZONE':
      return instant;
    case 'INTERVAL':
      return {
        value: tryCast(name),
        suspect: (item, value) => `(${value} IS NULL OR system.main.regexp_matches(${item}, '${changedInterval}'))`,
      };
    default:
      return { value: tryCast(name), suspect: missing };
  }
}

/**
 * Decimal numbers of so many digits behind the point; more are right when they are zeros. To more than 18 digits DuckDB
 * casts a text a hundred times slower than to 18 (13 µs a value), so those that have no more take the other way.
 */
export function decimalConversion(type: string, precision: number, scale: number): Conversion {
  const fraction = `[0-9]{0,${scale}}0*`;
  const form = `-?(?:0|[1-9][0-9]*)(?:\\.${fraction})?|-?\\.[0-9]${scale === 0 ? '{0}0+' : `{1,${scale}}0*`}`;
  if (precision <= 18 || scale > 18) {
    return {
      value: tryCast(type),
      suspect: respelled,
      cases: (item, value) => [[`${matches(item, form)} AND ${value} IS NOT NULL`, value]],
    };
  }
  return {
    value: (item) =>
      `coalesce(CAST(TRY_CAST(${item} AS DECIMAL(18,${scale})) AS ${type}), TRY_CAST(${item} AS ${type}))`,
    suspect: (item, value) => `(${value} IS NULL OR NOT ${matches(item, form)})`,
  };
}

/**
 * A number in binary: the value nearest to the text is taken, and refused where it, written with as many digits as the
 * text has, is another number. So many digits are always safe. NaN and the infinities have their names.
 */
function floating(type: 'DOUBLE' | 'FLOAT', safeDigits: number): Conversion {
  return {
    value: tryCast(type),
    suspect: (item, value) =>
      `(${value} IS NULL OR strlen(${item}) > ${safeDigits} OR NOT ${matches(item, plainNumber)})`,
    cases: (item, value) => {
      const digits = `ltrim(${digitsOf(item, '[eE].*$')}, '0')`;
      const written = `format('{:.{}e}', ${value}, greatest(strlen(${digits}), 1) - 1)`;
      const writtenDigits = digitsOf(written, 'e.*$');
      const same = `CASE WHEN ${value} = 0 THEN ${digits} = '' ELSE ${writtenDigits} = ${digits} END`;
      return [
        // A pattern: of a list DuckDB would make a join, which every row goes through.
        [matches(item, '(?i:nan|-?inf(?:inity)?)'), value],
        [`${matches(item, numberForm)} AND isfinite(${value}) AND ${same}`, value],
      ];
    },
  };
}

/** The digits of a number: without its exponent, its sign and its point. */
function digitsOf(number: string, exponent: string): string {
  const mantissa = `system.main.regexp_replace(${number}, '${exponent}', '')`;
  return `system.main.replace(system.main.regexp_replace(${mantissa}, '^-', ''), '.', '')`;
}

function clockTime(type: string, decimals: number): Conversion {
  const form = `${clock}${fractionForm(decimals)}|(?:[01]?[0-9]|2[0-3]):[0-5][0-9]`;
  return {
    value: tryCast(type),
    suspect: respelled,
    cases: (item, value) => [[`${matches(item, form)} AND ${value} IS NOT NULL`, value]],
  };
}

/** An offset counts: DuckDB drops it from some of these types, so such texts are read as instants first. */
function timestamp(type: string, decimals: number): Conversion {
  const fraction = fractionForm(decimals);
  return {
    value: tryCast(type),
    suspect: shapedUnlike('____-__-__ __:__:__'),
    cases: (item, value) => [
      [`${matches(item, `(?:${day})(?:[T ]${clock}${fraction}Z?)?`)} AND ${value} IS NOT NULL`, value],
      [matches(item, `(?:${day})[T ]${clock}${fraction}(?:${offset})`), withOffset(item, type)],
    ],
  };
}

function withOffset(item: string, type: string): string {
  if (type === 'TIMESTAMP_NS') return `TRY_CAST(${item} AS ${type})`;
  const utc = `CAST(TRY_CAST(${item} AS TIMESTAMP WITH TIME ZONE) AS TIMESTAMP)`;
  return type === 'TIMESTAMP' ? utc : `CAST(${utc} AS ${type})`;
}

/** Only texts of this form are cast: one with a zone's name would change how DuckDB reads those behind it. */
const instant: Conversion = {
  value: (item) =>
    `CASE WHEN ${matches(item, `(?:${day})(?:[T ]${clock}${fractionForm(6)}(?:${offset})?)?`)} ` +
    `THEN TRY_CAST(${item} AS TIMESTAMP WITH TIME ZONE) END`,
  suspect: missing,
};

/** Whether a value became none. */
export function missing(_item: string, value: string): string {
  return `${value} IS NULL`;
}

function fractionForm(decimals: number): string {
  return `(?:\\.[0-9]{0,${decimals}}0*)?`;
}

export function tryCast(type: string): (item: string) => string {
  return (item) => `TRY_CAST(${item} AS ${type})`;
}

function matches(item: string, form: string): string {
  return `system.main.regexp_full_match(${item}, '${form}')`;
}
