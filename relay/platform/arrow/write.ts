// Arrow record batch → DuckDB data chunks for an appender. A column must have the Arrow type that `arrowType` gives for
// the table's column; text may also come dictionary-encoded. Anything else is refused, never converted on the quiet.
import duckdb from '@duckdb/node-bindings';
import {
  DuckDBArrayType,
  DuckDBDataChunk,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBTypeId,
  type DuckDBType,
} from '@duckdb/node-api';
import { DataType, type Data, type Decimal, type RecordBatch } from 'apache-arrow';
import { failure } from '../../../shared/errors.ts';
import { packBits, unpackBits } from './bits.ts';
import { decimalBytes, entryType, fixedLayout, unsupported } from './types.ts';
import { writeText } from './write-text.ts';

/** The most rows that DuckDB takes in one chunk. */
export const chunkRows = 2048;

/** Rows `start` to `end` of a batch as a chunk for a table with columns of these types. */
export function writeChunk(
  types: readonly DuckDBType[],
  batch: RecordBatch,
  start: number,
  end: number,
): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create(types, end - start);
  types.forEach((type, index) => {
    const data = batch.data.children[index];
    if (!data) throw failure('internal', `A batch lacks column ${index + 1} of its table.`);
    writeVector({ vector: duckdb.data_chunk_get_vector(chunk.chunk, index), data, start, count: end - start }, type);
  });
  return chunk;
}

/** What goes where: `count` values of `data` from `start` on. */
export interface Copied {
  readonly vector: duckdb.Vector;
  readonly data: Data;
  readonly start: number;
  readonly count: number;
  /** A byte of 0 for each value that is NULL because what holds it is. */
  readonly held?: Uint8Array | undefined;
}

function writeVector(copied: Copied, type: DuckDBType): void {
  const { vector, data } = copied;
  requireSame(type, data.type);
  const valid = validity(copied);
  if (valid) {
    duckdb.vector_ensure_validity_writable(vector);
    const mask = packBits(valid);
    duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer as ArrayBuffer, 0, mask.byteLength);
  }
  if (type instanceof DuckDBDecimalType) return copyIn(vector, narrowed(copied, decimalBytes(type)));
  if (type instanceof DuckDBListType) return writeLists(copied, type.valueType);
  if (type instanceof DuckDBMapType) return writeLists(copied, entryType(type));
  if (type instanceof DuckDBStructType) return writeStruct(copied, type, valid);
  if (type instanceof DuckDBArrayType) return writeArrays(copied, type, valid);
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return copyIn(vector, unpackBits(data.values as Uint8Array, data.offset + copied.start, copied.count));
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.BLOB:
      return writeText(copied, valid);
    case DuckDBTypeId.SQLNULL:
      return;
    default:
      return copyIn(vector, (data.values as Uint8Array).subarray(copied.start, copied.start + copied.count));
  }
}

/** A byte a value, 0 where it is NULL; undefined where none is. */
function validity({ data, start, count, held }: Copied): Uint8Array | undefined {
  if (DataType.isNull(data.type)) return new Uint8Array(count);
  if (data.nullCount === 0) return held;
  const own = unpackBits(data.nullBitmap, data.offset + start, count);
  return held ? own.map((flag, index) => flag & (held[index] ?? 0)) : own;
}

function copyIn(vector: duckdb.Vector, values: ArrayBufferView): void {
  if (values.byteLength === 0) return;
  duckdb.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}

/** The low bytes of 128-bit integers: a decimal's precision bounds it, so the rest is sign. */
function narrowed({ data, start, count }: Copied, width: 2 | 4 | 8 | 16): ArrayBufferView {
  const words = (data.values as Uint32Array).subarray(4 * start, 4 * (start + count));
  if (width === 16) return words;
  const wide = new Int32Array(words.buffer, words.byteOffset, words.length);
  const parts = width === 8 ? 2 : 1;
  const narrow = width === 2 ? new Int16Array(count) : new Int32Array(parts * count);
  for (let index = 0; index < count; index++) {
    for (let part = 0; part < parts; part++) narrow[parts * index + part] = wide[4 * index + part] ?? 0;
  }
  return narrow;
}

function writeLists({ vector, data, start, count }: Copied, type: DuckDBType): void {
  const offsets = data.valueOffsets as Int32Array;
  const [begin = 0, end = 0] = [offsets[start], offsets[start + count]];
  duckdb.list_vector_reserve(vector, end - begin);
  duckdb.list_vector_set_size(vector, end - begin);
  const pairs = new Uint32Array(4 * count); // 64-bit offset and length
  for (let row = 0; row < count; row++) {
    const [first = 0, next = 0] = [offsets[start + row], offsets[start + row + 1]];
    pairs[4 * row] = first - begin;
    pairs[4 * row + 2] = next - first;
  }
  copyIn(vector, pairs);
  const child = {
    vector: duckdb.list_vector_get_child(vector),
    data: childOf(data, 0),
    start: begin,
    count: end - begin,
  };
  writeVector(child, type);
}

function writeStruct(
  { vector, data, start, count }: Copied,
  type: DuckDBStructType,
  held: Uint8Array | undefined,
): void {
  type.entryTypes.forEach((entry, index) => {
    writeVector(
      { vector: duckdb.struct_vector_get_child(vector, index), data: childOf(data, index), start, count, held },
      entry,
    );
  });
}

function writeArrays(
  { vector, data, start, count }: Copied,
  type: DuckDBArrayType,
  valid: Uint8Array | undefined,
): void {
  const { length, valueType } = type;
  const held = valid && Uint8Array.from({ length: count * length }, (_, item) => valid[Math.floor(item / length)] ?? 0);
  const child = { vector: duckdb.array_vector_get_child(vector), data: childOf(data, 0), held };
  writeVector({ ...child, start: start * length, count: count * length }, valueType);
}

function childOf(data: Data, index: number): Data {
  const child = data.children[index];
  if (!child) throw failure('internal', 'A nested Arrow column lacks a child.');
  return child;
}

/** Refuses an Arrow type that is not the DuckDB type's own; children are looked at when they are written. */
function requireSame(type: DuckDBType, arrow: DataType): void {
  if (DataType.isNull(arrow) || isSame(type, arrow)) return;
  throw failure(
    'type.unsupported',
    `A column of type ${type.toString()} cannot take Arrow values of type ${textOf(arrow)}.`,
  );
}

function isSame(type: DuckDBType, arrow: DataType): boolean {
  const layout = fixedLayout(type)?.arrow;
  if (layout && DataType.isTimestamp(layout)) {
    return DataType.isTimestamp(arrow) && arrow.unit === layout.unit && !arrow.timezone === !layout.timezone;
  }
  if (layout) return textOf(layout) === textOf(arrow);
  if (type instanceof DuckDBDecimalType) return DataType.isDecimal(arrow) && sameDecimal(type, arrow);
  if (type instanceof DuckDBListType) return DataType.isList(arrow);
  if (type instanceof DuckDBMapType) return DataType.isMap(arrow);
  if (type instanceof DuckDBArrayType) return DataType.isFixedSizeList(arrow) && arrow.listSize === type.length;
  if (type instanceof DuckDBStructType) {
    const names = DataType.isStruct(arrow) ? arrow.children.map((field) => field.name) : [];
    return names.length === type.entryCount && type.entryNames.every((name, index) => name === names[index]);
  }
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return DataType.isBool(arrow);
    case DuckDBTypeId.BLOB:
      return DataType.isBinary(arrow);
    case DuckDBTypeId.VARCHAR:
      return DataType.isUtf8(arrow) || (DataType.isDictionary(arrow) && DataType.isUtf8(arrow.dictionary));
    default:
      throw unsupported(type);
  }
}

function sameDecimal(type: DuckDBDecimalType, arrow: Decimal): boolean {
  return arrow.bitWidth === 128 && arrow.precision === type.width && arrow.scale === type.scale;
}

/** Such as `Int32` or `Decimal[5e+2]`: equal for equal scalar types. */
function textOf(type: { toString(): string }): string {
  return type.toString();
}
