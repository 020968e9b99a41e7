// Batches as parquet-wasm decodes them → batches that DuckDB takes for the columns' types. What comes is checked
// against what the footer promised, so that a difference between the two readers is an error and never a changed value.
import {
  type Data,
  DataType,
  Field,
  List,
  makeData,
  Map_,
  Precision,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import type { DuckDBType } from '../../../shared/sql/types.ts';
import type { ParquetColumn } from './footer.ts';
import { unsupported } from './types.ts';

/** The batch with these columns, in this order, under their names. Fails with type.unsupported. */
export function adaptBatch(batch: RecordBatch, columns: readonly ParquetColumn[]): RecordBatch {
  const fields = batch.schema.fields as ArrowField[];
  const adapted = columns.map((column) => {
    const index = fields.findIndex((field) => field.name === column.source);
    const [field, data] = [fields[index], batch.data.children[index]];
    if (!field || !data || !fits(field.type, column.duckdbType)) {
      throw unsupported(column.source, `something else than the ${column.type} that its footer promises`);
    }
    return adapt(new Field(column.name, field.type, field.nullable), data, column.duckdbType);
  });
  const schema = new Schema(adapted.map(({ field }) => field));
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: batch.numRows, children: adapted.map(({ data }) => data) }));
}

/** A batch of rows without columns. */
export function emptyColumns(rows: number): RecordBatch {
  return new RecordBatch(new Schema([]), makeData({ type: new Struct([]), length: rows, children: [] }));
}

type ArrowField = Field<DataType>;

interface Adapted {
  readonly field: ArrowField;
  readonly data: Data;
}

/** UUIDs are marked as Arrow's canonical extension type; texts that come as bytes are called texts. */
function adapt(field: ArrowField, data: Data, type: DuckDBType): Adapted {
  if (isScalar(type, 'UUID')) {
    const mark = new Map([
      ['ARROW:extension:name', 'arrow.uuid'],
      ['ARROW:extension:metadata', ''],
    ]);
    return { field: new Field(field.name, field.type, field.nullable, mark), data };
  }
  if (isScalar(type, 'VARCHAR')) return retype(field, data, new Utf8());
  const parts = partsOf(type);
  if (parts.length === 0) return { field, data };
  const children = parts.map((part, index) =>
    adapt(childrenOf(field.type)[index] as ArrowField, data.children[index] as Data, part),
  );
  const fields = children.map((child) => child.field);
  return retype(
    field,
    data,
    nest(field.type, fields),
    children.map((child) => child.data),
  );
}

function retype(field: ArrowField, data: Data, type: DataType, children: Data[] = data.children): Adapted {
  const clone = data.clone(type, data.offset, data.length, data.nullCount, undefined, children);
  return { field: new Field(field.name, type, field.nullable), data: clone };
}

/** The same nested type around other fields. */
function nest(type: DataType, fields: ArrowField[]): DataType {
  if (DataType.isStruct(type)) return new Struct(fields);
  if (DataType.isMap(type))
    return new Map_(fields[0] as Field<Struct<{ key: DataType; value: DataType }>>, type.keysSorted);
  return new List(fields[0] as ArrowField);
}

function childrenOf(type: DataType): readonly ArrowField[] {
  return type.children as ArrowField[];
}

/** The types of what an Arrow type of this kind has as children. */
function partsOf(type: DuckDBType): DuckDBType[] {
  switch (type.kind) {
    case 'list':
      return [type.element];
    case 'struct':
      return type.fields.map((field) => field.type);
    case 'map': {
      const fields = [
        { name: 'key', type: type.key },
        { name: 'value', type: type.value },
      ];
      return [{ kind: 'struct', fields }];
    }
    default:
      return [];
  }
}

function isScalar(type: DuckDBType, name: string): boolean {
  return type.kind === 'scalar' && type.name === name;
}

/** Whether values of the Arrow type become values of the DuckDB type without change. */
function fits(arrow: DataType, type: DuckDBType): boolean {
  switch (type.kind) {
    case 'scalar':
      return fitsScalar(arrow, type.name);
    case 'decimal':
      return DataType.isDecimal(arrow) && arrow.bitWidth === 128 && arrow.scale === type.scale;
    case 'list':
      return DataType.isList(arrow) && partsFit(arrow, type);
    case 'struct':
      return DataType.isStruct(arrow) && partsFit(arrow, type);
    case 'map':
      return DataType.isMap(arrow) && partsFit(arrow, type);
    default:
      return false;
  }
}

function partsFit(arrow: DataType, type: DuckDBType): boolean {
  const parts = partsOf(type);
  const children = childrenOf(arrow);
  return children.length === parts.length && parts.every((part, i) => fits((children[i] as ArrowField).type, part));
}

function fitsScalar(arrow: DataType, name: string): boolean {
  if (DataType.isNull(arrow)) return true;
  if (/^U?(TINY|SMALL|BIG)INT$|^U?INTEGER$/.test(name)) return DataType.isInt(arrow);
  if (name.startsWith('TIMESTAMP')) return DataType.isTimestamp(arrow);
  switch (name) {
    case 'BOOLEAN':
      return DataType.isBool(arrow);
    case 'FLOAT':
    case 'DOUBLE':
      return DataType.isFloat(arrow) && arrow.precision === (name === 'FLOAT' ? Precision.SINGLE : Precision.DOUBLE);
    case 'VARCHAR':
      return DataType.isUtf8(arrow) || DataType.isBinary(arrow);
    case 'BLOB':
      return DataType.isBinary(arrow) || DataType.isFixedSizeBinary(arrow);
    case 'UUID':
      return DataType.isFixedSizeBinary(arrow) && arrow.byteWidth === 16;
    case 'DATE':
      return DataType.isDate(arrow);
    case 'TIME':
    case 'TIME_NS':
    case 'TIME WITH TIME ZONE':
      return DataType.isTime(arrow);
    default:
      return false;
  }
}
