// The one codec: Arrow columns in transport types (see transport.ts) → canonical values, equal on every engine. Reads
// Arrow's buffers itself, because apache-arrow's getters round timestamps and decimals and drop byte order marks.
import { type Data, type RecordBatch, Type, type Vector } from 'apache-arrow';
import { failure } from '../errors.ts';
import type { Column } from '../platform.ts';
import { parseType, printType, type DuckDBType, type Member } from '../sql/types.ts';
import { dateText, timestampText, timeText } from './calendar.ts';
import { decimalText, shortestFloat } from './numbers.ts';

/**
 * A value without loss. Booleans and integers up to 32 bits are themselves; wider integers and decimals are their digits;
 * FLOAT and DOUBLE are numbers, or `NaN`, `Infinity`, `-Infinity`; LIST and ARRAY are arrays, STRUCT is an object, MAP a
 * list of `{key, value}`; all else is text as DuckDB's VARCHAR cast prints it, in UTC.
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** Reads the value of a row, counted from 0 in the vector. */
export type Decoder = (row: number) => Value;

/** The rows of a batch as arrays of values, for a batch that is small enough to hold so. */
export function rowsOf(batch: RecordBatch, columns: readonly Column[]): Value[][] {
  const decoders = decodersOf(batch, columns);
  return Array.from({ length: batch.numRows }, (_, row) => decoders.map((decode) => decode(row)));
}

/** A decoder for each column of a batch; none for a batch without rows. */
export function decodersOf(batch: RecordBatch, columns: readonly Column[]): Decoder[] {
  if (batch.numRows === 0) return []; // DuckDB-WASM may leave the buffers of nested columns out
  return columns.map((column, index) => {
    const vector = batch.getChildAt(index);
    if (!vector) throw failure('internal', `A batch lacks column ${index}, ${column.name}.`);
    return decoderFor(parseType(column.type), vector);
  });
}

/** The decoder of a column whose DuckDB type was `type` before transport. Make it once for all rows of a vector. */
export function decoderFor(type: DuckDBType, vector: Vector): Decoder {
  const [first, ...more] = (vector.data as readonly Data[]).map((data) => ({
    decode: nullable(type, data),
    length: data.length,
  }));
  if (!first) return () => null;
  if (more.length === 0) return first.decode;
  return (row) => {
    let index = row;
    for (const { decode, length } of [first, ...more]) {
      if (index < length) return decode(index);
      index -= length;
    }
    return null;
  };
}

function nullable(type: DuckDBType, data: Data): Decoder {
  const decode = decoderOf(type, data);
  if (data.nullCount === 0) return decode;
  const { nullBitmap, offset } = data;
  return (row) => ((nullBitmap[(offset + row) >> 3] ?? 0) & (1 << ((offset + row) & 7)) ? decode(row) : null);
}

function decoderOf(type: DuckDBType, data: Data): Decoder {
  switch (type.kind) {
    case 'scalar':
      return scalarDecoder(type, data);
    case 'decimal': {
      const { values, stride } = buffersOf<Uint32Array>(type, data, Type.Decimal);
      return (row) => decimalText(values, row * stride, stride, type);
    }
    case 'list':
    case 'array':
      return listDecoder(type, type.element, data);
    case 'struct':
      buffersOf(type, data, Type.Struct);
      return structDecoder(type.fields, data);
    case 'map': {
      const { valueOffsets } = buffersOf(type, data, Type.Map);
      const fields = [member('key', type.key), member('value', type.value)];
      return spread(valueOffsets, structDecoder(fields, childOf(data, 0)));
    }
    case 'enum':
    case 'tuple':
    case 'union':
      return textDecoder(type, data);
  }
}

function scalarDecoder(type: DuckDBType & { kind: 'scalar' }, data: Data): Decoder {
  switch (type.name) {
    case 'BOOLEAN': {
      const { values, offset } = buffersOf<Uint8Array>(type, data, Type.Bool);
      return (row) => ((values[(offset + row) >> 3] ?? 0) & (1 << ((offset + row) & 7))) !== 0;
    }
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER': {
      const { values } = buffersOf<Int32Array>(type, data, Type.Int);
      return (row) => values[row] ?? 0;
    }
    case 'BIGINT':
    case 'UBIGINT': {
      const { values } = buffersOf<BigInt64Array>(type, data, Type.Int);
      return (row) => String(values[row]);
    }
    case 'FLOAT': {
      const { values } = buffersOf<Float32Array>(type, data, Type.Float);
      return (row) => finite(values[row] ?? 0, shortestFloat);
    }
    case 'DOUBLE': {
      const { values } = buffersOf<Float64Array>(type, data, Type.Float);
      return (row) => finite(values[row] ?? 0, (value) => value);
    }
    case 'DATE': {
      const { values } = buffersOf<Int32Array>(type, data, Type.Date);
      return (row) => dateText(values[row] ?? 0);
    }
    case 'TIME': {
      const { values } = buffersOf<BigInt64Array>(type, data, Type.Time);
      return (row) => timeText(values[row] ?? 0n, 6);
    }
    case 'TIMESTAMP_S':
      return instantDecoder(type, data, 0);
    case 'TIMESTAMP_MS':
      return instantDecoder(type, data, 3);
    case 'TIMESTAMP':
      return instantDecoder(type, data, 6);
    case 'TIMESTAMP_NS':
      return instantDecoder(type, data, 9);
    case 'TIMESTAMP WITH TIME ZONE': {
      const decode = instantDecoder(type, data, 6);
      return (row) => `${decode(row)}+00`.replace('infinity+00', 'infinity');
    }
    case 'BLOB': {
      const { values, valueOffsets } = buffersOf<Uint8Array>(type, data, Type.Binary);
      return (row) => blobText(values.subarray(valueOffsets[row], valueOffsets[row + 1]));
    }
    default:
      return textDecoder(type, data);
  }
}

function instantDecoder(type: DuckDBType, data: Data, digits: number): (row: number) => string {
  const { values } = buffersOf<BigInt64Array>(type, data, Type.Timestamp);
  return (row) => timestampText(values[row] ?? 0n, digits);
}

function finite(value: number, text: (value: number) => number): Value {
  return Number.isFinite(value) ? text(value) : String(value);
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Bytes of a column that are decoded at once, ten times as fast as one by one; a text may keep so much alive. */
const decodedAtOnce = 256 * 1024;

function textDecoder(type: DuckDBType, data: Data): Decoder {
  const { values, valueOffsets } = buffersOf<Uint8Array>(type, data, Type.Utf8);
  const one = (row: number): string => utf8.decode(values.subarray(valueOffsets[row], valueOffsets[row + 1]));
  const [start = 0, end = 0] = [valueOffsets[0], valueOffsets[data.length]];
  if (end - start > decodedAtOnce) return one;
  const all = utf8.decode(values.subarray(start, end));
  if (all.length !== end - start) return one; // some characters have several bytes
  return (row) => all.slice((valueOffsets[row] ?? 0) - start, (valueOffsets[row + 1] ?? 0) - start);
}

const byteTexts = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  return /[ -~]/.test(char) && !/['"\\]/.test(char) ? char : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

function blobText(blob: Uint8Array): string {
  let text = '';
  for (const byte of blob) text += byteTexts[byte] ?? '';
  return text;
}

function listDecoder(type: DuckDBType, element: DuckDBType, data: Data): Decoder {
  const { valueOffsets, stride, typeId } = buffersOf(type, data, Type.List, Type.FixedSizeList);
  const decode = nullable(element, childOf(data, 0));
  if (typeId === Type.List) return spread(valueOffsets, decode);
  return (row) => Array.from({ length: stride }, (_, index) => decode(row * stride + index));
}

function spread(offsets: Int32Array, decode: Decoder): Decoder {
  return (row) => {
    const items: Value[] = [];
    const end = offsets[row + 1] ?? 0;
    for (let index = offsets[row] ?? 0; index < end; index++) items.push(decode(index));
    return items;
  };
}

function structDecoder(fields: readonly Member[], data: Data): Decoder {
  const decoders = fields.map(({ name, type }, index) => [name, nullable(type, childOf(data, index))] as const);
  // Not by assignment, which would take a field called __proto__ for something else.
  return (row) => Object.fromEntries(decoders.map(([name, decode]) => [name, decode(row)]));
}

function member(name: string, type: DuckDBType): Member {
  return { name, type };
}

function childOf(data: Data, index: number): Data {
  const child = data.children[index];
  if (!child) throw failure('internal', `An Arrow ${Type[data.typeId]} lacks child ${index}.`);
  return child;
}

/** What a decoder needs of Arrow's data. Slices share the bitmaps and start in them at `offset`; the rest is cut to fit. */
interface Buffers<Values> {
  readonly typeId: Type;
  readonly offset: number;
  readonly values: Values;
  readonly valueOffsets: Int32Array;
  /** Elements of `values`, or of the child, that a row has. */
  readonly stride: number;
}

/** The data's buffers, if its Arrow type is one of those that the DuckDB type travels as. */
function buffersOf<Values>(type: DuckDBType, data: Data, ...wanted: readonly Type[]): Buffers<Values> {
  if (wanted.includes(data.typeId)) return data as Buffers<Values>;
  throw failure('internal', `${printType(type)} came as Arrow ${Type[data.typeId]}.`);
}
