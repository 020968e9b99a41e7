import {
  Field,
  FixedSizeBinary,
  Int32,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  vectorFromArray,
  type Data,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { parseType } from '../../../shared/sql/types.ts';
import { adaptBatch, emptyColumns } from './adapt.ts';
import type { ParquetColumn } from './footer.ts';

function batchOf(columns: Readonly<Record<string, Data>>): RecordBatch {
  const schema = new Schema(Object.entries(columns).map(([name, data]) => new Field(name, data.type, true)));
  const [first] = Object.values(columns);
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: first?.length ?? 0, children: Object.values(columns) }));
}

function column(source: string, type: string, name = source): ParquetColumn {
  const duckdbType = parseType(type);
  return { name, source, type, duckdbType, stored: duckdbType, elements: [], firstLeaf: 0, leaves: 1 };
}

function fixed(width: number, ...values: number[][]): Data {
  const type = new FixedSizeBinary(width);
  return makeData({ type, length: values.length, nullCount: 0, data: new Uint8Array(values.flat()) });
}

const integers = vectorFromArray([1, 2], new Int32()).data[0] as Data;

describe('adaptBatch', () => {
  it('picks columns in the wanted order, under their names', () => {
    const batch = adaptBatch(batchOf({ a: integers, A: fixed(1, [1], [2]) }), [
      column('A', 'BLOB', 'A_1'),
      column('a', 'INTEGER'),
    ]);
    expect(batch.schema.fields.map((field) => field.name)).toEqual(['A_1', 'a']);
    expect(batch.numRows).toBe(2);
    expect(batch.getChild('a')?.toArray()).toEqual(new Int32Array([1, 2]));
  });

  it('computes what the decoder gives as bytes, also inside lists', () => {
    const times = fixed(
      12,
      [0, 0, 0, 0, 0, 0, 0, 0, 0x8c, 0x3d, 0x25, 0],
      [232, 3, 0, 0, 0, 0, 0, 0, 0x8d, 0x3d, 0x25, 0],
    );
    const intervals = fixed(
      12,
      [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0],
      Array.from({ length: 12 }, () => 255),
    );
    const halves = fixed(2, [0x00, 0x3c], [0x01, 0x80]);
    const lists = makeData({
      type: new List(new Field('item', halves.type, true)),
      length: 2,
      nullCount: 0,
      valueOffsets: new Int32Array([0, 2, 2]),
      child: halves,
    });
    const batch = adaptBatch(batchOf({ t: times, i: intervals, h: halves, l: lists }), [
      column('t', 'TIMESTAMP'),
      column('i', 'INTERVAL'),
      column('h', 'FLOAT'),
      column('l', 'FLOAT[]'),
    ]);
    expect(batch.data.children[0]?.values).toEqual(new BigInt64Array([0n, 86_400_000_001n]));
    expect(batch.data.children[1]?.values).toEqual(
      new Int32Array([
        1,
        2,
        3_000_000,
        0,
        -1,
        -1,
        ...new Int32Array(new BigInt64Array([4_294_967_295_000_000n]).buffer),
      ]),
    );
    expect(batch.data.children[2]?.values).toEqual(new Float32Array([1, -(2 ** -24)]));
    expect(JSON.stringify(batch.getChild('l'))).toBe('[[1,-5.960464477539063e-8],[]]');
  });

  it('marks UUIDs as such', () => {
    const type = new FixedSizeBinary(16);
    const data = makeData({ type, length: 1, nullCount: 0, data: new Uint8Array(16) });
    const batch = adaptBatch(batchOf({ u: data }), [column('u', 'UUID')]);
    expect(batch.schema.fields[0]?.metadata.get('ARROW:extension:name')).toBe('arrow.uuid');
  });

  it('refuses what is not as the footer says', () => {
    expect(() => adaptBatch(batchOf({ a: integers }), [column('a', 'VARCHAR')])).toThrow(/Column a .* VARCHAR/);
    expect(() => adaptBatch(batchOf({ a: integers }), [column('b', 'INTEGER')])).toThrow(/Column b/);
  });
});

describe('emptyColumns', () => {
  it('counts rows without columns', () => {
    expect(emptyColumns(7).numRows).toBe(7);
  });
});
