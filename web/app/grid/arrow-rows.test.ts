import { Float64, RecordBatchStreamWriter, Table, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { arrowRows } from './arrow-rows.ts';

const columns = [
  { name: 'a', type: 'DOUBLE' },
  { name: 'b', type: 'VARCHAR' },
];

function stream(a: readonly (number | null)[], b: readonly (string | null)[]): Uint8Array {
  const table = new Table({ a: vectorFromArray(a, new Float64()), b: vectorFromArray(b, new Utf8()) });
  return RecordBatchStreamWriter.writeAll(table.batches).toUint8Array(true);
}

describe('rows of Arrow batches', () => {
  it('are counted through all batches', () => {
    const rows = arrowRows(columns, [stream([1, 2], ['x', 'y']), stream([3], ['z']), stream([4, 5.5], ['u', 'v'])]);
    expect(rows.rowCount).toBe(5);
    expect([0, 1, 2, 3, 4].map((row) => [0, 1].map((column) => rows.cell(row, column)?.text))).toEqual([
      ['1.0', 'x'],
      ['2.0', 'y'],
      ['3.0', 'z'],
      ['4.0', 'u'],
      ['5.5', 'v'],
    ]);
  });

  it('tell NULL from a text that reads NULL', () => {
    const rows = arrowRows(columns, [stream([null, 1], ['NULL', null])]);
    expect(rows.cell(0, 0)).toEqual({ text: '', isNull: true });
    expect(rows.cell(0, 1)).toEqual({ text: 'NULL', isNull: false });
    expect(rows.cell(1, 1)).toEqual({ text: '', isNull: true });
    expect([rows.value(0, 0), rows.value(0, 1)]).toEqual([null, 'NULL']);
  });

  it('end where they end', () => {
    const rows = arrowRows(columns, [stream([1], ['x'])]);
    expect(() => rows.cell(1, 0)).toThrow(RangeError);
    expect(() => rows.cell(-1, 0)).toThrow(RangeError);
    expect(() => rows.cell(0, 2)).toThrow(RangeError);
    expect(arrowRows(columns, []).rowCount).toBe(0);
  });

  it('can be read in order', async () => {
    const rows = arrowRows(columns, [stream([1, 2], ['x', 'y']), stream([3], ['z'])]);
    const texts: unknown[] = [];
    for await (const value of rows.read(1, 3)) texts.push([value(0), value(1)]);
    expect(texts).toEqual([
      [2, 'y'],
      [3, 'z'],
    ]);
  });
});
