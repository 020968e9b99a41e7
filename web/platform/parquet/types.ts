// Parquet schema elements → DuckDB types, by the rules of DuckDB's own reader (v1.5.6, ParseSchemaRecursive and
// DeriveLogicalType), so that both platforms see the same columns. Parquet format 2.11, LogicalTypes.md.
import type { SchemaElement, SchemaTree } from 'hyparquet';
import { failure, type SluiceError } from '../../../shared/errors.ts';
import { nothing } from '../../../shared/formats/unify.ts';
import type { DuckDBType } from '../../../shared/sql/types.ts';

/** The type of a column. Fails with type.unsupported for what would come out changed. */
export function columnType(column: SchemaTree): DuckDBType {
  const refuse: Refuse = (what) => unsupported(column.element.name, what);
  return nodeType(column, undefined, leafType, refuse);
}

/** The type in which a column's values are scanned; where it is another one, they are cast to the column's. */
export function storedType(column: SchemaTree): DuckDBType {
  const refuse: Refuse = (what) => unsupported(column.element.name, what);
  return nodeType(column, undefined, storedLeafType, refuse);
}

/** The error for a column that cannot be carried. */
export function unsupported(column: string, what: string): SluiceError {
  return failure('type.unsupported', `Column ${column} holds ${what}, which the browser cannot read exactly.`, {
    hint: 'Run the pipeline on a relay, or write the column as another type.',
  });
}

type Refuse = (what: string) => SluiceError;
type LeafType = (element: SchemaElement, refuse: Refuse) => DuckDBType;

function nodeType(node: SchemaTree, parent: SchemaElement | undefined, leaf: LeafType, refuse: Refuse): DuckDBType {
  const { element, children } = node;
  const repeated = element.repetition_type === 'REPEATED';
  if (element.type !== undefined) return inList(leaf(element, refuse), repeated);
  if (element.logical_type?.type === 'VARIANT') throw refuse('variant values');
  const types = children.map((child) => nodeType(child, element, leaf, refuse));
  const [first, second] = types;
  if (isEntry(element, parent)) {
    if (!repeated || !first || !second || types.length > 2) throw refuse('a map without keys and values');
    return { kind: 'map', key: first, value: second };
  }
  // A group around one thing is a part of a list or a map, not a struct.
  const wrapper = types.length === 1 && (repeated || isKind(element, 'LIST') || isKind(element, 'MAP'));
  if (wrapper && first) return inList(first, repeated);
  const fields = children.map((child, index) => ({ name: child.element.name, type: types[index] as DuckDBType }));
  if (fields.length === 0) throw refuse('a struct without fields');
  return inList({ kind: 'struct', fields }, repeated);
}

function inList(element: DuckDBType, repeated: boolean): DuckDBType {
  return repeated ? { kind: 'list', element } : element;
}

/** Whether the group holds the keys and values of a map. */
function isEntry(element: SchemaElement, parent: SchemaElement | undefined): boolean {
  return element.converted_type === 'MAP_KEY_VALUE' || (parent?.num_children === 1 && isKind(parent, 'MAP'));
}

function isKind(element: SchemaElement, kind: 'LIST' | 'MAP'): boolean {
  return element.converted_type === kind || element.logical_type?.type === kind;
}

/** Milliseconds without a zone, and times with one, have a type of their own in Arrow or none. */
function storedLeafType(element: SchemaElement, refuse: Refuse): DuckDBType {
  const type = leafType(element, refuse);
  if (type.kind !== 'scalar') return type;
  if (type.name === 'TIME WITH TIME ZONE') return scalar('TIME');
  if (type.name === nothing) return scalar('INTEGER');
  if (type.name !== 'TIMESTAMP') return type;
  const { logical_type: logical, converted_type: converted } = element;
  const isMillis = logical?.type === 'TIMESTAMP' ? logical.unit === 'MILLIS' : converted === 'TIMESTAMP_MILLIS';
  return isMillis ? scalar('TIMESTAMP_MS') : type;
}

function leafType(element: SchemaElement, refuse: Refuse): DuckDBType {
  const { logical_type: logical, converted_type: converted } = element;
  switch (logical?.type) {
    case 'DECIMAL':
      return decimal(element, logical.precision, logical.scale, refuse);
    case 'TIMESTAMP':
      if (logical.isAdjustedToUTC) return scalar('TIMESTAMP WITH TIME ZONE');
      return scalar(logical.unit === 'NANOS' ? 'TIMESTAMP_NS' : 'TIMESTAMP');
    case 'TIME':
      if (logical.isAdjustedToUTC) return scalar('TIME WITH TIME ZONE');
      return scalar(logical.unit === 'NANOS' ? 'TIME_NS' : 'TIME');
    case 'INTEGER':
      return integer(logical.bitWidth, logical.isSigned);
    case 'UUID':
      return scalar('UUID');
    case 'FLOAT16':
      return scalar('FLOAT');
    case 'INTERVAL':
      return scalar('INTERVAL');
    case 'VARIANT':
    case 'GEOMETRY':
    case 'GEOGRAPHY':
      throw refuse(`${logical.type.toLowerCase()} values`);
    case 'NULL':
      return scalar(nothing);
    default:
      return convertedType(element, converted ?? logical?.type, refuse);
  }
}

function convertedType(element: SchemaElement, name: string | undefined, refuse: Refuse): DuckDBType {
  switch (name) {
    case 'DECIMAL':
      return decimal(element, element.precision ?? 0, element.scale ?? 0, refuse);
    case 'INTERVAL':
      return scalar('INTERVAL');
    case 'UTF8':
    case 'STRING':
    case 'ENUM':
    case 'JSON':
      if (element.type === 'FIXED_LEN_BYTE_ARRAY') throw refuse('texts of a fixed length');
      return scalar('VARCHAR');
    case 'BSON':
      if (element.converted_type === 'BSON') throw refuse('BSON documents');
      return physicalType(element, refuse);
    case 'DATE':
      return scalar('DATE');
    case 'TIME_MILLIS':
    case 'TIME_MICROS':
      return scalar('TIME');
    case 'TIMESTAMP_MILLIS':
    case 'TIMESTAMP_MICROS':
      return scalar('TIMESTAMP');
    default: {
      const sized = /^(U?)INT_(\d+)$/.exec(name ?? '');
      return sized ? integer(Number(sized[2]), sized[1] === '') : physicalType(element, refuse);
    }
  }
}

function physicalType({ type }: SchemaElement, refuse: Refuse): DuckDBType {
  switch (type) {
    case 'BOOLEAN':
    case 'FLOAT':
    case 'DOUBLE':
      return scalar(type);
    case 'INT32':
      return scalar('INTEGER');
    case 'INT64':
      return scalar('BIGINT');
    case 'INT96':
      return scalar('TIMESTAMP');
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
      return scalar('BLOB');
    default:
      throw refuse('values of an unknown kind');
  }
}

function decimal(
  { type_length: bytes = 0 }: SchemaElement,
  precision: number,
  scale: number,
  refuse: Refuse,
): DuckDBType {
  if (bytes > 16) throw refuse(`decimals of ${bytes} bytes`);
  if (precision > 38) throw refuse(`decimals of ${precision} digits`);
  return { kind: 'decimal', precision, scale };
}

function integer(bits: number, signed: boolean): DuckDBType {
  const names: Readonly<Record<number, string>> = { 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER' };
  return scalar((signed ? '' : 'U') + (names[bits] ?? 'BIGINT'));
}

function scalar(name: string): DuckDBType {
  return { kind: 'scalar', name };
}
