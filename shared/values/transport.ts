// How the rows of a query leave DuckDB: each column in a type that Arrow carries exactly from both engines. What Arrow
// has no equal for travels as DuckDB's own text. Measured on DuckDB v1.5.6 in WebAssembly, where HUGEINT, BIT, TIMETZ
// and others reach Arrow as something else, and ENUM, UNION and fixed arrays would each need code on both sides.
import type { Column } from '../platform.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { wrapQuery, type WrappedQuery } from '../sql/statement.ts';
import { plainSpaces } from '../sql/tokens.ts';
import { parseType, printType, type DuckDBType } from '../sql/types.ts';

const carried: ReadonlySet<string> = new Set([
  ...['BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'],
  ...['FLOAT', 'DOUBLE', 'VARCHAR', 'BLOB', 'DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS'],
  ...['TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE'],
]);

const text: DuckDBType = { kind: 'scalar', name: 'VARCHAR' };

/** The type in which values of a type travel: itself, or the same nesting of lists, structs and maps of VARCHAR. */
export function transportType(type: DuckDBType): DuckDBType {
  switch (type.kind) {
    case 'scalar':
      return carried.has(type.name) ? type : text;
    case 'decimal':
      return type;
    case 'list':
    case 'array':
      return { kind: 'list', element: transportType(type.element) };
    case 'struct':
      return { kind: 'struct', fields: type.fields.map(({ name, type }) => ({ name, type: transportType(type) })) };
    case 'map':
      return { kind: 'map', key: transportType(type.key), value: transportType(type.value) };
    case 'enum':
    case 'tuple':
    case 'union':
      return text;
  }
}

/**
 * The query with its columns in transport types: same count and order, rows in the same order. `columns` are the query's,
 * as DESCRIBE gives them. Names stay, unless two are equal, which apache-arrow mixes up: then they are c0, c1, … A query
 * that needs none of this stays as it is.
 */
export function transportQuery(query: string, columns: readonly Column[]): WrappedQuery {
  const casts = columns.map((column) => {
    const type = parseType(column.type);
    const carrier = printType(transportType(type));
    return carrier === printType(type) ? undefined : carrier;
  });
  const unique = new Set(columns.map((column) => column.name)).size === columns.length;
  if (unique && casts.every((cast) => cast === undefined)) return { sql: plainSpaces(query), query, prefix: 0 };
  const selected = columns.map(({ name }, index) => {
    const inner = `c${index}`;
    const cast = casts[index];
    return `${cast === undefined ? inner : `CAST(${inner} AS ${cast})`} AS ${unique ? quoteIdentifier(name) : inner}`;
  });
  const inner = columns.map((_, index) => `c${index}`);
  return wrapQuery(`SELECT ${selected.join(', ')} FROM (`, query, `) AS t(${inner.join(', ')})`);
}
