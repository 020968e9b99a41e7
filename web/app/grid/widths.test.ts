import { describe, expect, it } from 'vitest';
import type { RowSource } from './row-source.ts';
import { isNumeric } from './row-source.ts';
import { fitColumns, growColumns, numberWidth } from './widths.ts';

function source(text: string, rowCount: number): RowSource {
  const columns = [
    { name: 'a', type: 'INTEGER' },
    { name: 'b', type: 'VARCHAR' },
  ];
  return {
    columns,
    rowCount,
    cell: (_row, column) => (column === 0 ? { text: '', isNull: true } : { text, isNull: false }),
    value: () => null,
    read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }),
  };
}

describe('column widths', () => {
  it('follow the first values, within bounds', () => {
    const [narrow = 0, wide = 0] = fitColumns(source('twenty-four letters here', 3));
    expect(wide).toBeGreaterThan(narrow);
    expect(fitColumns(source('x'.repeat(5000), 3))[1]).toBe(320);
  });

  it('follow the heading where there are no rows', () => {
    expect(fitColumns(source('never asked', 0))).toEqual([79, 79]);
  });

  it('grow when longer values come into view, unless someone has chosen them', () => {
    const long = source('x'.repeat(30), 3);
    const rows = { first: 0, end: 3 };
    expect(growColumns([80, 80], long, rows, [0, 1], new Set())).toEqual([80, 258]);
    const narrow = [80, 80];
    expect(growColumns(narrow, long, rows, [0, 1], new Set([1]))).toBe(narrow);
    expect(growColumns([80, 300], long, rows, [0, 1], new Set())).toEqual([80, 300]);
  });

  it('leave room for the largest row number', () => {
    expect(numberWidth(9)).toBe(40);
    expect(numberWidth(10_000_000)).toBeGreaterThanOrEqual(88);
  });
});

describe('numeric types', () => {
  it.each(['INTEGER', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'DECIMAL(18,3)', 'UTINYINT'])(
    '%s lines up at the right',
    (type) => {
      expect(isNumeric(type)).toBe(true);
    },
  );

  it.each(['VARCHAR', 'INTEGER[]', 'STRUCT(a INTEGER)', 'INTERVAL', 'DATE', 'BOOLEAN'])('%s does not', (type) => {
    expect(isNumeric(type)).toBe(false);
  });
});
