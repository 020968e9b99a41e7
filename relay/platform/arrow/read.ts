// DuckDB data chunk → Arrow record batch. Fixed-width values are taken over as the bytes they are (the binding hands out
// copies of a vector's memory); everything else is laid out anew once.
import duckdb from '@duckdb/node-bindings';
import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBTypeId,
  type DuckDBDataChunk,
  type DuckDBType,
} from '@duckdb/node-api';
import { BufferType, Data, RecordBatch, Struct, type DataType, type Schema } from 'apache-arrow';
import { bit, gatherBits, packBits } from './bits.ts';
import { readText } from './read-text.ts';
import { fixedValues, type Selected } from './selected.ts';
import { arrowType, decimalBytes, entryType, fixedLayout, unsupported } from './types.ts';

/** The rows of a chunk. `types` are those of the result's columns, `schema` is `arrowSchema` of them. */
export function readChunk(schema: Schema, types: readonly DuckDBType[], from: DuckDBDataChunk): RecordBatch {
  const size = from.rowCount;
  const columns = types.map((type, index) =>
    readVector({ vector: duckdb.data_chunk_get_vector(from.chunk, index), size }, type),
  );
  return new RecordBatch(schema, new Data(new Struct(schema.fields), 0, size, 0, {}, columns));
}

interface Buffers {
  readonly values?: ArrayBufferView;
  readonly offsets?: Int32Array;
  readonly children?: Data[];
}

function readVector(from: Selected, type: DuckDBType): Data {
  const validity = readValidity(from);
  const { values, offsets, children } = readBuffers(from, type, validity);
  const nullCount = validity ? -1 : 0; // -1: counted when asked
  const buffers = {
    ...(offsets && { [BufferType.OFFSET]: offsets }),
    ...(values && { [BufferType.DATA]: values }),
    [BufferType.VALIDITY]: validity ?? new Uint8Array(0),
  };
  return new Data<DataType>(arrowType(type), 0, from.rows?.length ?? from.size, nullCount, buffers, children);
}

function readBuffers(from: Selected, type: DuckDBType, validity: Uint8Array | undefined): Buffers {
  const layout = fixedLayout(type);
  if (layout) return { values: fixedValues(from, layout.array) };
  if (type instanceof DuckDBDecimalType) return { values: readDecimals(from, type) };
  if (type instanceof DuckDBListType) return readLists(from, type.valueType, validity);
  if (type instanceof DuckDBMapType) return readLists(from, entryType(type), validity);
  if (type instanceof DuckDBArrayType) return { children: [readArrays(from, type)] };
  if (type instanceof DuckDBStructType) {
    const field = (entry: DuckDBType, index: number): Data =>
      readVector({ ...from, vector: duckdb.struct_vector_get_child(from.vector, index) }, entry);
    return { children: type.entryTypes.map(field) };
  }
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return { values: packBits(fixedValues(from, Uint8Array)) };
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.BLOB:
      return readText(from, validity);
    case DuckDBTypeId.SQLNULL:
      return {};
    default:
      throw unsupported(type);
  }
}

/** The bitmap of values that are not NULL; undefined where none is NULL. */
function readValidity({ vector, size, rows }: Selected): Uint8Array | undefined {
  // The binding answers null here, which its types do not say.
  const mask = duckdb.vector_get_validity(vector, Math.ceil(size / 64) * 8) as Uint8Array | null;
  if (!mask) return undefined;
  return rows ? gatherBits(mask, rows) : mask;
}

/** Widens unscaled integers to the 128 bits that Arrow keeps, as four words a value. */
function readDecimals(from: Selected, type: DuckDBDecimalType): Uint32Array {
  const width = decimalBytes(type);
  if (width === 16) return fixedValues(from, Uint32Array, 4);
  if (width === 8) {
    const words = fixedValues(from, Int32Array, 2);
    const wide = new Int32Array(words.length * 2);
    for (let at = 0; at < words.length; at += 2) {
      const high = words[at + 1] ?? 0;
      wide[2 * at] = words[at] ?? 0;
      wide[2 * at + 1] = high;
      wide[2 * at + 2] = wide[2 * at + 3] = high >> 31; // the sign
    }
    return new Uint32Array(wide.buffer);
  }
  const narrow = width === 2 ? fixedValues(from, Int16Array) : fixedValues(from, Int32Array);
  const wide = new Int32Array(narrow.length * 4);
  for (let at = 0; at < narrow.length; at++) {
    const value = narrow[at] ?? 0;
    wide[4 * at] = value;
    wide[4 * at + 1] = wide[4 * at + 2] = wide[4 * at + 3] = value >> 31;
  }
  return new Uint32Array(wide.buffer);
}

/** Lists lie in DuckDB as (offset, length) pairs into one child vector, in any order; Arrow wants them one after another. */
function readLists(from: Selected, type: DuckDBType, validity: Uint8Array | undefined): Buffers {
  const pairs = fixedValues(from, Uint32Array, 4); // 64-bit offset and length, whose upper halves are 0
  const count = pairs.length / 4;
  const offsets = new Int32Array(count + 1);
  let [total, inOrder] = [0, true];
  for (let row = 0; row < count; row++) {
    const length = validity && !bit(validity, row) ? 0 : (pairs[4 * row + 2] ?? 0);
    inOrder &&= length === 0 || pairs[4 * row] === total;
    total += length;
    offsets[row + 1] = total;
  }
  const vector = duckdb.list_vector_get_child(from.vector);
  if (inOrder) return { offsets, children: [readVector({ vector, size: total }, type)] };
  const rows = new Uint32Array(total);
  for (let row = 0; row < count; row++) {
    const [start = 0, end = 0, first = 0] = [offsets[row], offsets[row + 1], pairs[4 * row]];
    for (let item = start; item < end; item++) rows[item] = first + item - start;
  }
  return { offsets, children: [readVector({ vector, size: duckdb.list_vector_get_size(from.vector), rows }, type)] };
}

function readArrays({ vector, size, rows }: Selected, { valueType, length }: DuckDBArrayType): Data {
  const items = rows && Uint32Array.from({ length: rows.length * length }, (_, item) => itemRow(rows, item, length));
  return readVector({ vector: duckdb.array_vector_get_child(vector), size: size * length, rows: items }, valueType);
}

function itemRow(rows: Uint32Array, item: number, length: number): number {
  return (rows[Math.floor(item / length)] ?? 0) * length + (item % length);
}
