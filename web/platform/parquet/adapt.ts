// Batches as parquet-wasm decodes them → batches whose Arrow types are exactly those that DuckDB takes for the columns'
// stored types. What comes is checked against what the footer promised, so that a difference between the two readers is
// an error and never a changed value.
import { DataType, Field, List, makeData, Map_, RecordBatch, Schema, Struct, type Data } from 'apache-arrow';
import type { DuckDBType } from '../../../shared/sql/types.ts';
import { BeyondRange } from './beyond.ts';
import type { ParquetColumn } from './footer.ts';
import { convertLeaf, type Adapted } from './leaf.ts';
import { unsupported } from './types.ts';

/** The batch with these columns, in this order, under their names. Fails with type.unsupported and with file.corrupt. */
export function adaptBatch(batch: RecordBatch, columns: readonly ParquetColumn[], location = ''): RecordBatch {
  const fields = batch.schema.fields as ArrowField[];
  const adapted = columns.map((column) => {
    const index = fields.findIndex((field) => field.name === column.source);
    const [field, data] = [fields[index], batch.data.children[index]];
    const made =
      field && data && adaptColumn(new Field(column.name, field.type, field.nullable), data, column, location);
    if (!made) throw unsupported(column.source, `something else than the ${column.type} that its footer promises`);
    return made;
  });
  const schema = new Schema(adapted.map(({ field }) => field));
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: batch.numRows, children: adapted.map(({ data }) => data) }));
}

/** A batch of rows without columns. */
export function emptyColumns(rows: number): RecordBatch {
  return new RecordBatch(new Schema([]), makeData({ type: new Struct([]), length: rows, children: [] }));
}

function adaptColumn(
  field: ArrowField,
  data: Data,
  { source, type, stored }: ParquetColumn,
  location: string,
): Adapted | undefined {
  try {
    return adapt(field, data, stored);
  } catch (thrown) {
    throw thrown instanceof BeyondRange ? thrown.in(source, type, location) : thrown;
  }
}

type ArrowField = Field<DataType>;

/** Undefined where the values are not of the type. */
function adapt(field: ArrowField, data: Data, type: DuckDBType): Adapted | undefined {
  const parts = partsOf(type);
  if (!parts) return convertLeaf(field, data, type);
  if (!isNested(field.type, type)) return undefined;
  const present = field.type.children as ArrowField[];
  if (present.length !== parts.length) return undefined;
  const children: Adapted[] = [];
  for (const [index, part] of parts.entries()) {
    const [child, values] = [present[index], data.children[index]];
    const made = child && values && adapt(child, values, part);
    if (!made) return undefined;
    children.push(made);
  }
  const nested = nest(
    field.type,
    children.map((child) => child.field),
  );
  const values = children.map((child) => child.data);
  return {
    field: new Field(field.name, nested, field.nullable),
    data: data.clone(nested, data.offset, data.length, data.nullCount, undefined, values),
  };
}

function isNested(arrow: DataType, type: DuckDBType): boolean {
  if (type.kind === 'list') return DataType.isList(arrow);
  return type.kind === 'map' ? DataType.isMap(arrow) : DataType.isStruct(arrow);
}

/** The same nested type around other fields. */
function nest(type: DataType, fields: ArrowField[]): DataType {
  if (DataType.isStruct(type)) return new Struct(fields);
  if (DataType.isMap(type))
    return new Map_(fields[0] as Field<Struct<{ key: DataType; value: DataType }>>, type.keysSorted);
  return new List(fields[0] as ArrowField);
}

/** The types of what an Arrow type of this kind has as children; undefined for one without parts. */
function partsOf(type: DuckDBType): DuckDBType[] | undefined {
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
      return undefined;
  }
}
