import { describe, expect, it } from 'vitest';
import type { RowSource } from './row-source.ts';
import { isNumeric } from './row-source.ts';
import { fitColumns, numberWidth } from './widths.ts';

function source(text: string, rowCount: number): RowSource {
  const columns = [
    { name: 'a', type: 'INTEGER' },
    { name: 'b', type: 'VARCHAR' },
  ];
  return {
    columns,
    rowCount,
    row: () => [
      { text: '', isNull: true },
      { text, isNull: false },
    ],
  };
}

describe('column widths', () => {
  it('follow the first values, within bounds', () => {
    const [narrow = 0, wide = 0] = fitColumns(source('twenty-four letters here', 3));
    expect(wide).toBeGreaterThan(narrow);
    expect(fitColumns(source('x'.repeat(5000), 3))[1]).toBe(320);
  });

  it('follow the heading where there are no rows', () => {
    expect(fitColumns(source('never asked', 0))).toEqual([77, 77]);
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
