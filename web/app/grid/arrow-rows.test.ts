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
    expect([0, 1, 2, 3, 4].map((row) => rows.row(row).map(({ text }) => text))).toEqual([
      ['1.0', 'x'],
      ['2.0', 'y'],
      ['3.0', 'z'],
      ['4.0', 'u'],
      ['5.5', 'v'],
    ]);
  });

  it('tell NULL from a text that reads NULL', () => {
    const rows = arrowRows(columns, [stream([null, 1], ['NULL', null])]);
    expect(rows.row(0)).toEqual([
      { text: '', isNull: true },
      { text: 'NULL', isNull: false },
    ]);
    expect(rows.row(1)[1]).toEqual({ text: '', isNull: true });
  });

  it('end where they end', () => {
    const rows = arrowRows(columns, [stream([1], ['x'])]);
    expect(() => rows.row(1)).toThrow(RangeError);
    expect(() => rows.row(-1)).toThrow(RangeError);
    expect(arrowRows(columns, []).rowCount).toBe(0);
  });
});
