import {
  Binary,
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
  return { name, source, type, duckdbType: parseType(type) };
}

function bytes(...texts: string[]): Data<Binary> {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  return vectorFromArray(encoded, new Binary()).data[0] as Data<Binary>;
}

const integers = vectorFromArray([1, 2], new Int32()).data[0] as Data;

describe('adaptBatch', () => {
  it('picks columns in the wanted order, under their names', () => {
    const batch = adaptBatch(batchOf({ a: integers, A: bytes('x', 'y') }), [
      column('A', 'BLOB', 'A_1'),
      column('a', 'INTEGER'),
    ]);
    expect(batch.schema.fields.map((field) => field.name)).toEqual(['A_1', 'a']);
    expect(batch.numRows).toBe(2);
    expect(batch.getChild('a')?.toArray()).toEqual(new Int32Array([1, 2]));
  });

  it('reads texts that come as bytes, also inside lists', () => {
    const item = new Field('item', new Binary(), true);
    const nested = makeData({
      type: new List(item),
      length: 2,
      nullCount: 0,
      valueOffsets: new Int32Array([0, 1, 2]),
      child: bytes('é', 'z'),
    });
    const batch = adaptBatch(batchOf({ t: bytes('ä', 'b'), l: nested }), [
      column('t', 'VARCHAR'),
      column('l', 'VARCHAR[]'),
    ]);
    expect([...(batch.getChild('t') ?? [])]).toEqual(['ä', 'b']);
    expect(JSON.stringify(batch.getChild('l'))).toBe('[["é"],["z"]]');
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
