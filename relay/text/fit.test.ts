import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnWidths, fit } from './fit.ts';
import { cut, widthOf } from './width.ts';

/** What a line of the table takes. */
function lineWidth(cells: { names: readonly string[]; rows: readonly (readonly string[])[] }): number {
  return columnWidths(cells).reduce((sum, width) => sum + width + 3, 1);
}

it('a table that has room stays as it is', () => {
  const cells = { names: ['a', 'b'], rows: [['1', 'long text']] };
  expect(fit(cells, 20)).toEqual({ ...cells, left: 0 });
});

it('cuts long cells before it leaves out columns', () => {
  const fitted = fit({ names: ['id', 'text'], rows: [['1', 'x'.repeat(100)]] }, 40);
  expect(fitted).toMatchObject({ names: ['id', 'text'], left: 0 });
  expect(fitted.rows[0]?.[1]).toMatch(/^x+…$/);
  expect(lineWidth(fitted)).toBe(40);
});

it('leaves out columns in the middle, and says how many', () => {
  const names = Array.from({ length: 40 }, (_, index) => `c${index}`);
  const fitted = fit({ names, rows: [names] }, 60);
  expect(fitted.names.join(' ')).toMatch(/^c0 c1 c2 .*… .*c38 c39$/);
  expect(fitted.names).toHaveLength(40 - fitted.left + 1);
});

it('no line is ever longer than the terminal, unless that has no room for one cell', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  const cells = fc.integer({ min: 1, max: 30 }).chain((count) => {
    const row = fc.array(text, { minLength: count, maxLength: count });
    return fc.record({ names: row, rows: fc.array(row, { maxLength: 3 }) });
  });
  fc.assert(
    fc.property(cells, fc.integer({ min: 30, max: 200 }), (given, width) => {
      expect(lineWidth(fit(given, width))).toBeLessThanOrEqual(width);
    }),
  );
});

it('cuts between characters, not through them', () => {
  expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…');
  expect(widthOf(cut('日本日本', 4))).toBeLessThanOrEqual(4);
  expect(cut('as it is', 8)).toBe('as it is');
});
