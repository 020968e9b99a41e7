// The statistics of a file's row groups, as bytes, and which of them may be believed (Parquet format 2.11, Statistics and
// ColumnOrder in parquet.thrift). hyparquet turns them into JavaScript's values and loses digits; so the footer is read
// once more, and only when a statement has conditions.
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import type { SchemaElement } from 'hyparquet';
import type { ByteSource } from '../byte-source.ts';

/** What is known of a column in a row group. Bounds include all values that are neither NULL nor NaN. */
export interface Statistics {
  readonly min?: Uint8Array;
  readonly max?: Uint8Array;
  readonly nulls?: number;
}

/** For each row group, for each leaf of the schema. */
export type FileStatistics = readonly (readonly Statistics[])[];

/** The structures that Thrift's compact protocol gives: fields by their number. */
type Fields = Readonly<Record<`field_${number}`, unknown>>;

export function readStatistics(source: ByteSource, leaves: readonly SchemaElement[]): FileStatistics {
  const tail = viewOf(source.readSync(source.size - 8, source.size));
  const footer = viewOf(source.readSync(source.size - 8 - tail.getUint32(0, true), source.size - 8));
  const metadata = deserializeTCompactProtocol({ view: footer, offset: 0 }) as Fields;
  const orders = (metadata.field_7 ?? []) as readonly Fields[];
  return (metadata.field_4 as readonly Fields[]).map((group) =>
    (group.field_1 as readonly Fields[]).map((chunk, index) => {
      const element = leaves[index];
      const found = (chunk.field_3 as Fields | undefined)?.field_12 as Fields | undefined;
      return found && element ? believe(found, element, orders[index]?.field_1 !== undefined) : {};
    }),
  );
}

/**
 * `min_value` and `max_value` mean something where the file says that they follow the type's own order, and the older
 * `min` and `max`, compared as signed, only where that is the order of the type. What was cut short is still a bound.
 */
function believe(found: Fields, element: SchemaElement, isOrdered: boolean): Statistics {
  const nulls = typeof found.field_3 === 'bigint' ? { nulls: Number(found.field_3) } : {};
  const signed = isSigned(element);
  const newer = isOrdered || signed;
  const max = (newer ? found.field_5 : undefined) ?? (signed ? found.field_1 : undefined);
  const min = (newer ? found.field_6 : undefined) ?? (signed ? found.field_2 : undefined);
  return {
    ...nulls,
    ...(max instanceof Uint8Array ? { max } : {}),
    ...(min instanceof Uint8Array ? { min } : {}),
  };
}

/** Whether the values are numbers with a sign, about whose order all versions of the format agree. */
function isSigned({ type, logical_type: logical, converted_type: converted }: SchemaElement): boolean {
  if (type === 'FLOAT' || type === 'DOUBLE') return true;
  if (type !== 'INT32' && type !== 'INT64') return false;
  return !(logical?.type === 'INTEGER' && !logical.isSigned) && converted?.startsWith('UINT') !== true;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
