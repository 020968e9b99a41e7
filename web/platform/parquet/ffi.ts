// Batches in parquet-wasm's memory as apache-arrow's, without a copy (Apache Arrow, "The Arrow C data interface", with
// 32-bit pointers; the structures are drawn in scan/arrow-schema.ts and scan/arrow-array.ts). Only what the decoder
// makes of the plain types in mini.ts is understood.
import {
  Binary,
  Bool,
  type Data,
  DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeBinary,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  List,
  makeData,
  Map_,
  Null,
  RecordBatch,
  Schema,
  Struct,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  Timestamp,
  TimeUnit,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
} from 'apache-arrow';
import { failure } from '../../../shared/errors.ts';
import { arrowColumn } from '../scan/arrow-type.ts';

/** The batch whose structures are at these addresses. It is valid until the memory grows or is freed. */
export function borrowBatch(memory: WebAssembly.Memory, schemaAt: number, arrayAt: number): RecordBatch {
  const borrowed = { bytes: new Uint8Array(memory.buffer), view: new DataView(memory.buffer) };
  const row = fieldAt(borrowed, schemaAt);
  const { children, length } = dataAt(borrowed, arrayAt, row);
  const fields = row.type.children as Field<DataType>[];
  return new RecordBatch(new Schema(fields), makeData({ type: new Struct(fields), length, nullCount: 0, children }));
}

interface Borrowed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
}

const plain: Readonly<Record<string, () => DataType>> = {
  n: () => new Null(),
  b: () => new Bool(),
  c: () => new Int8(),
  C: () => new Uint8(),
  s: () => new Int16(),
  S: () => new Uint16(),
  i: () => new Int32(),
  I: () => new Uint32(),
  l: () => new Int64(),
  L: () => new Uint64(),
  f: () => new Float32(),
  g: () => new Float64(),
  u: () => new Utf8(),
  z: () => new Binary(),
  tdD: () => new DateDay(),
  ttm: () => new TimeMillisecond(),
  ttu: () => new TimeMicrosecond(),
  ttn: () => new TimeNanosecond(),
};

const units: Readonly<Record<string, TimeUnit>> = {
  s: TimeUnit.SECOND,
  m: TimeUnit.MILLISECOND,
  u: TimeUnit.MICROSECOND,
  n: TimeUnit.NANOSECOND,
};

function fieldAt(borrowed: Borrowed, at: number): Field<DataType> {
  const { view } = borrowed;
  const format = textAt(borrowed, view.getUint32(at, true));
  const count = Number(view.getBigInt64(at + 24, true));
  const list = view.getUint32(at + 32, true);
  const children = Array.from({ length: count }, (_, index) =>
    fieldAt(borrowed, view.getUint32(list + 4 * index, true)),
  );
  return new Field(textAt(borrowed, view.getUint32(at + 4, true)), typeOf(format, children), true);
}

function typeOf(format: string, children: Field[]): DataType {
  const [first] = children;
  if (format === '+s') return new Struct(children);
  if (format === '+l' && first) return new List(first);
  if (format === '+m' && first) return new Map_(first as Field<Struct<{ key: DataType; value: DataType }>>);
  const decimal = /^d:(\d+),(-?\d+)$/.exec(format);
  if (decimal) return new Decimal(Number(decimal[2]), Number(decimal[1]), 128);
  const bytes = /^w:(\d+)$/.exec(format);
  if (bytes) return new FixedSizeBinary(Number(bytes[1]));
  const timestamp = /^ts([smun]):(.*)$/.exec(format);
  if (timestamp) return new Timestamp(units[timestamp[1] ?? ''] ?? TimeUnit.SECOND, timestamp[2] || null);
  const make = plain[format];
  if (!make) throw failure('internal', `The Parquet decoder gave a column of format ${format}.`);
  return make();
}

function dataAt(borrowed: Borrowed, at: number, field: Field<DataType>): Data {
  const { view, bytes } = borrowed;
  const [length, nullCount, offset, buffers] = [0, 8, 16, 24].map((place) =>
    Number(view.getBigInt64(at + place, true)),
  );
  const end = (offset ?? 0) + (length ?? 0);
  const bitmap = buffers ? bufferAt(borrowed, at, 0) : 0;
  const data = makeData({
    type: field.type,
    length: end,
    nullCount: offset === 0 ? (nullCount ?? -1) : -1,
    ...(bitmap === 0 ? {} : { nullBitmap: bytes.subarray(bitmap, bitmap + ((end + 7) >> 3)) }),
    ...contents(borrowed, at, field, end),
  } as Parameters<typeof makeData>[0]);
  return offset === 0 ? data : data.slice(offset ?? 0, length ?? 0);
}

/** What an array has beside its length and bitmap, as `makeData` takes it. */
function contents(borrowed: Borrowed, at: number, field: Field<DataType>, length: number): object {
  if (DataType.isNull(field.type)) return {};
  const { bytes, view } = borrowed;
  const list = view.getUint32(at + 44, true);
  const children = (field.type.children as Field<DataType>[] | null)?.map((child, index) =>
    dataAt(borrowed, view.getUint32(list + 4 * index, true), child),
  );
  const values = bufferAt(borrowed, at, 1);
  const { layout } = arrowColumn(field);
  switch (layout.kind) {
    case 'bits':
      return { data: bytes.subarray(values, values + ((length + 7) >> 3)) };
    case 'fixed':
    case 'blocks':
      return { data: bytes.subarray(values, values + layout.width * length) };
    case 'bytes': {
      const valueOffsets = offsetsAt(borrowed, values, length);
      const start = bufferAt(borrowed, at, 2);
      return { valueOffsets, data: bytes.subarray(start, start + (valueOffsets[length] ?? 0)) };
    }
    case 'list':
      return { valueOffsets: offsetsAt(borrowed, values, length), child: children?.[0] };
    case 'array':
    case 'struct':
      return { children };
  }
}

function bufferAt({ view }: Borrowed, at: number, index: number): number {
  return view.getUint32(view.getUint32(at + 40, true) + 4 * index, true);
}

function offsetsAt({ bytes }: Borrowed, at: number, length: number): Int32Array {
  return length === 0 ? new Int32Array(1) : new Int32Array(bytes.buffer, at, length + 1);
}

function textAt({ bytes }: Borrowed, at: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at, bytes.indexOf(0, at)));
}
