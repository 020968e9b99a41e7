import {
  Binary,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeList,
  Float32,
  Int32,
  Int64,
  List,
  makeData,
  Map_,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimeMicrosecond,
  Utf8,
  Vector,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { parseType } from '../sql/types.ts';
import { decoderFor, rowsOf, type Value } from './codec.ts';

function bitmap(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [index, bit] of bits.entries()) if (bit) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  return bytes;
}

function text(...values: readonly string[]): Data<Utf8> {
  const parts = values.map((value) => new TextEncoder().encode(value));
  const valueOffsets = Int32Array.from([0, ...parts.map((_, index) => sum(parts.slice(0, index + 1)))]);
  const data = Uint8Array.from(parts.flatMap((part) => [...part]));
  return makeData({ type: new Utf8(), length: values.length, valueOffsets, data });
}

function sum(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, part) => total + part.length, 0);
}

function integers(...values: readonly number[]): Data<Int32> {
  return makeData({ type: new Int32(), length: values.length, data: Int32Array.from(values) });
}

function decode(type: string, data: Data, from = 0, to = data.length): Value[] {
  const vector = new Vector([data.slice(from, to - from)]);
  const decoder = decoderFor(parseType(type), vector);
  return Array.from({ length: vector.length }, (_, row) => decoder(row));
}

const max = 2n ** 63n - 1n;

describe('decoderFor', () => {
  it('reads integers and booleans, nulls and slices', () => {
    const wide = makeData({ type: new Int64(), length: 3, data: BigInt64Array.of(max, -max - 1n, 7n) });
    expect(decode('BIGINT', wide)).toEqual(['9223372036854775807', '-9223372036854775808', '7']);
    expect(decode('BIGINT', wide, 2)).toEqual(['7']);
    const bits = Array.from({ length: 20 }, (_, index) => index % 3 === 0);
    const valid = bits.map((_, index) => index % 5 !== 0);
    const booleans = makeData({ type: new Bool(), length: 20, data: bitmap(bits), nullBitmap: bitmap(valid) });
    const expected = bits.map((bit, index) => (valid[index] ? bit : null));
    expect(decode('BOOLEAN', booleans)).toEqual(expected);
    expect(decode('BOOLEAN', booleans, 7, 18)).toEqual(expected.slice(7, 18));
  });

  it('reads floats as the shortest numbers, and what is not finite by name', () => {
    const floats = makeData({ type: new Float32(), length: 4, data: Float32Array.of(0.1, NaN, -Infinity, 16777216) });
    expect(decode('FLOAT', floats)).toEqual([0.1, 'NaN', '-Infinity', 16777216]);
  });

  it('reads decimals to the last digit', () => {
    const data = Uint32Array.of(150, 0, 0, 0, 0xffffff6a, 0xffffffff, 0xffffffff, 0xffffffff, 1, 0x200000, 0, 0);
    const decimals = makeData({ type: new Decimal(2, 38, 128), length: 3, data });
    expect(decode('DECIMAL(38,2)', decimals)).toEqual(['1.50', '-1.50', '90071992547409.93']);
    expect(decode('DECIMAL(38,2)', decimals, 1)).toEqual(['-1.50', '90071992547409.93']);
  });

  it('reads dates and times without rounding', () => {
    const dates = makeData({ type: new DateDay(), length: 3, data: Int32Array.of(19_782, -719_163, 0x7fffffff) });
    expect(decode('DATE', dates)).toEqual(['2024-02-29', '0001-12-31 (BC)', 'infinity']);
    const micros = makeData({
      type: new TimestampMicrosecond(),
      length: 3,
      data: BigInt64Array.of(-1n, max, max - 1n),
    });
    expect(decode('TIMESTAMP', micros)).toEqual([
      '1969-12-31 23:59:59.999999',
      'infinity',
      '294247-01-10 04:00:54.775806',
    ]);
    expect(decode('TIMESTAMP WITH TIME ZONE', micros, 0, 2)).toEqual(['1969-12-31 23:59:59.999999+00', 'infinity']);
    const nanos = makeData({ type: new TimestampNanosecond(), length: 1, data: BigInt64Array.of(1_000_000_001n) });
    expect(decode('TIMESTAMP_NS', nanos)).toEqual(['1970-01-01 00:00:01.000000001']);
    const times = makeData({
      type: new TimeMicrosecond(),
      length: 2,
      data: BigInt64Array.of(86_400_000_000n, 1_500_000n),
    });
    expect(decode('TIME', times)).toEqual(['24:00:00', '00:00:01.5']);
  });

  it('reads text and bytes, byte order marks too', () => {
    expect(decode('VARCHAR', text('', '\ufeffé', '🦆'), 1)).toEqual(['\ufeffé', '🦆']);
    expect(decode('HUGEINT', text('170141183460469231731687303715884105727'))).toEqual([
      '170141183460469231731687303715884105727',
    ]);
    const data = Uint8Array.of(0x61, 0x5c, 0xff, 0x00);
    const blobs = makeData({ type: new Binary(), length: 2, valueOffsets: Int32Array.of(0, 0, 4), data });
    expect(decode('BLOB', blobs)).toEqual(['', 'a\\x5C\\xFF\\x00']);
  });

  it('reads nested values, slices of them too', () => {
    const item = (type: DataType): Field => new Field('item', type, true);
    const lists = makeData({
      ...{ type: new List(item(new Int32())), length: 3, child: integers(1, 2, 3) },
      ...{ valueOffsets: Int32Array.of(0, 2, 2, 3), nullBitmap: bitmap([true, false, true]) },
    });
    expect(decode('INTEGER[]', lists)).toEqual([[1, 2], null, [3]]);
    expect(decode('INTEGER[]', lists, 1)).toEqual([null, [3]]);
    const arrays = makeData({ type: new FixedSizeList(2, item(new Int32())), length: 2, child: integers(1, 2, 3, 4) });
    expect(decode('INTEGER[2]', arrays, 1)).toEqual([[3, 4]]);
    const type = new Struct([new Field('__proto__', new Int32(), true), new Field('b', new Utf8(), true)]);
    const children = [integers(1, 2, 3), text('x', 'y', 'z')];
    const structs = makeData({ type, length: 3, children, nullBitmap: bitmap([true, false, true]) });
    const decoded = decode('STRUCT("__proto__" INTEGER, b VARCHAR)', structs, 1);
    expect(JSON.stringify(decoded)).toBe('[null,{"__proto__":3,"b":"z"}]');
  });

  it('reads maps as lists of entries', () => {
    type Entry = { key: Utf8; value: Int32 };
    const entry = new Struct<Entry>([new Field('key', new Utf8(), false), new Field('value', new Int32(), true)]);
    const child = makeData({ type: entry, length: 3, children: [text('a', 'b', 'c'), integers(1, 2, 3)] });
    const type = new Map_(new Field<Struct<Entry>>('entries', entry, false), false);
    const maps = makeData({ type, length: 2, valueOffsets: Int32Array.of(0, 0, 3), child });
    const entries = ['a', 'b', 'c'].map((key, index) => ({ key, value: index + 1 }));
    expect(decode('MAP(VARCHAR, INTEGER)', maps)).toEqual([[], entries]);
  });

  it('counts rows through all pieces of a vector', () => {
    const decoder = decoderFor(parseType('INTEGER'), new Vector([integers(1, 2), integers(3)]));
    expect([0, 1, 2].map(decoder)).toEqual([1, 2, 3]);
  });

  it('refuses a column that came as another type', () => {
    const vector = new Vector([text('1')]);
    expect(() => decoderFor(parseType('BIGINT'), vector)).toThrow('BIGINT came as Arrow Utf8.');
  });
});

it('rowsOf gives rows in order, also after a trip through IPC', () => {
  const fields = [new Field('a', new Int32(), true), new Field('b', new Utf8(), true)];
  const data = makeData({ type: new Struct(fields), length: 2, children: [integers(1, 2), text('x', 'y')] });
  const batch = new RecordBatch(new Schema(fields), data);
  const columns = [
    { name: 'a', type: 'INTEGER' },
    { name: 'b', type: 'VARCHAR' },
  ];
  const bytes = RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
  for (const read of [batch, ...RecordBatchReader.from(bytes)]) {
    expect(rowsOf(read, columns)).toEqual([
      [1, 'x'],
      [2, 'y'],
    ]);
  }
  expect(() => rowsOf(batch, [...columns, { name: 'c', type: 'DATE' }])).toThrow('lacks column 2');
});

it('a batch without rows has none, also when nested columns came without their buffers', () => {
  const list = makeData({ type: new List(new Field('item', new Int32())), length: 0, nullCount: 0 });
  const bare = list.clone(list.type, 0, 0, 0, undefined, []);
  const schema = new Schema([new Field('a', list.type)]);
  const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: 0, children: [bare] }));
  expect(rowsOf(batch, [{ name: 'a', type: 'INTEGER[]' }])).toEqual([]);
});
