// DataFusion's type names: SQL ones ("Data Types" in its manual) and Arrow's, which `arrow_cast` and `arrow_typeof` use.
import type { Structure } from './structure.ts';

/** A type as it stands in a query. */
export interface TypedType {
  /** The index of the token after it. */
  readonly end: number;
  /** DuckDB's name for it. */
  readonly name: string;
}

const unsigned: Readonly<Record<string, string>> = {
  TINYINT: 'UTINYINT',
  SMALLINT: 'USMALLINT',
  INT: 'UINTEGER',
  INTEGER: 'UINTEGER',
  BIGINT: 'UBIGINT',
};

const sqlTypes: Readonly<Record<string, string>> = {
  TINYINT: 'TINYINT',
  SMALLINT: 'SMALLINT',
  INT2: 'SMALLINT',
  INT: 'INTEGER',
  INTEGER: 'INTEGER',
  INT4: 'INTEGER',
  BIGINT: 'BIGINT',
  INT8: 'BIGINT',
  REAL: 'FLOAT',
  FLOAT: 'FLOAT',
  FLOAT4: 'FLOAT',
  DOUBLE: 'DOUBLE',
  FLOAT8: 'DOUBLE',
  CHAR: 'VARCHAR',
  VARCHAR: 'VARCHAR',
  TEXT: 'VARCHAR',
  STRING: 'VARCHAR',
  BOOLEAN: 'BOOLEAN',
  BOOL: 'BOOLEAN',
  BYTEA: 'BLOB',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
  DATETIME: 'TIMESTAMP',
  DECIMAL: 'DECIMAL(38, 10)',
  NUMERIC: 'DECIMAL(38, 10)',
};

/** The type at a place, where it is one that DuckDB spells or means otherwise, or reads other values into. */
export function typeAt(structure: Structure, index: number): TypedType | undefined {
  const word = structure.text(index)?.toUpperCase() ?? '';
  const found = Object.hasOwn(sqlTypes, word) ? sqlTypes[word] : undefined;
  if (found === undefined || structure.tokens[index]?.kind !== 'identifier') return undefined;
  let [end, name] = [index + 1, found];
  if (word === 'DOUBLE' && structure.is(end, 'PRECISION')) end += 1;
  const close = structure.text(end) === '(' ? structure.partner.get(end) : undefined;
  if (close !== undefined) {
    if (name.startsWith('DECIMAL')) {
      const digits = structure.tokens.slice(end + 1, close).map(({ text }) => text);
      name = `DECIMAL(${digits.join('')})`;
    }
    end = close + 1;
  }
  const wide = unsigned[word];
  if (wide !== undefined && structure.is(end, 'UNSIGNED')) [end, name] = [end + 1, wide];
  if (word === 'TIMESTAMP' && structure.is(end, 'WITH', 'WITHOUT') && structure.is(end + 1, 'TIME')) {
    if (structure.is(end, 'WITH')) name = 'TIMESTAMP WITH TIME ZONE';
    end += 3;
  }
  while (structure.text(end) === '[' && structure.text(end + 1) === ']') [end, name] = [end + 2, `${name}[]`];
  return { end, name };
}

const arrowTypes: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  int8: 'TINYINT',
  int16: 'SMALLINT',
  int32: 'INTEGER',
  int64: 'BIGINT',
  uint8: 'UTINYINT',
  uint16: 'USMALLINT',
  uint32: 'UINTEGER',
  uint64: 'UBIGINT',
  float16: 'FLOAT',
  float32: 'FLOAT',
  float64: 'DOUBLE',
  utf8: 'VARCHAR',
  largeutf8: 'VARCHAR',
  utf8view: 'VARCHAR',
  binary: 'BLOB',
  largebinary: 'BLOB',
  binaryview: 'BLOB',
  date32: 'DATE',
  date64: 'DATE',
};

/** DuckDB's name for an Arrow type such as `Decimal128(10, 2)` or `List(Int64)`, where it has one. */
export function arrowType(text: string): string | undefined {
  const type = text.trim();
  const plain = arrowTypes[type.toLowerCase()];
  if (plain !== undefined) return plain;
  const decimal = /^Decimal(?:128|256)\(\s*(\d+)\s*,\s*(\d+)\s*\)$/i.exec(type);
  if (decimal) return `DECIMAL(${decimal[1]}, ${decimal[2]})`;
  const timestamp = /^Timestamp\(\s*(Second|Millisecond|Microsecond|Nanosecond)\s*,\s*(.+?)\s*\)$/i.exec(type);
  if (timestamp) return timestamp[2] === 'None' ? 'TIMESTAMP' : 'TIMESTAMP WITH TIME ZONE';
  if (/^Time(32|64)\(/i.test(type)) return 'TIME';
  if (/^Interval\(/i.test(type)) return 'INTERVAL';
  const list = /^(?:Large)?List\((.+)\)$/i.exec(type);
  const element = list?.[1] === undefined ? undefined : arrowType(list[1]);
  return element === undefined ? undefined : `${element}[]`;
}
