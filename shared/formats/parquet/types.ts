// Which DuckDB types Parquet keeps, and what the others are written as (Parquet format, LogicalTypes).
import type { DuckDBType } from '../../sql/types.ts';

const text: DuckDBType = { kind: 'scalar', name: 'VARCHAR' };
/** Exact for every HUGEINT of up to 38 digits; a longer one fails the write rather than lose a digit. */
const integer128: DuckDBType = { kind: 'decimal', precision: 38, scale: 0 };

/** The type that a column is written as: its own, or one that keeps its values exactly. */
export function parquetType(type: DuckDBType): DuckDBType {
  switch (type.kind) {
    case 'list':
    case 'array':
      return { kind: 'list', element: parquetType(type.element) };
    case 'struct':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: parquetType(field.type) })) };
    case 'map':
      return { ...type, key: parquetType(type.key), value: parquetType(type.value) };
    case 'decimal':
      return type;
    case 'enum':
    case 'union':
    case 'tuple':
      return text;
    case 'scalar':
      return scalarType(type);
  }
}

const kept: ReadonlySet<string> = new Set([
  ...['BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'],
  ...['FLOAT', 'DOUBLE', 'VARCHAR', 'BLOB', 'DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_MS', 'TIMESTAMP_NS'],
  'TIMESTAMP WITH TIME ZONE',
]);

function scalarType(type: DuckDBType & { kind: 'scalar' }): DuckDBType {
  if (kept.has(type.name)) return type;
  if (type.name === 'HUGEINT' || type.name === 'UHUGEINT') return integer128;
  return type.name === 'TIMESTAMP_S' ? { kind: 'scalar', name: 'TIMESTAMP_MS' } : text;
}
