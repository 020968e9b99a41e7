import { describe, expect, it } from 'vitest';
import { move } from './navigation.ts';

const extent = { rows: 100, columns: 5, page: 20 };
const from = { row: 50, column: 2 };

describe('keys in a grid', () => {
  it.each([
    ['ArrowUp', false, 49, 2],
    ['ArrowDown', false, 51, 2],
    ['ArrowLeft', false, 50, 1],
    ['ArrowRight', false, 50, 3],
    ['PageUp', false, 30, 2],
    ['PageDown', false, 70, 2],
    ['Home', false, 50, 0],
    ['End', false, 50, 4],
    ['Home', true, 0, 0],
    ['End', true, 99, 4],
    ['ArrowDown', true, 99, 2],
    ['ArrowLeft', true, 50, 0],
  ])('%s (Ctrl: %s) goes to row %d, column %d', (key, ctrlKey, row, column) => {
    expect(move({ key, ctrlKey, metaKey: false }, from, extent)).toEqual({ row, column });
    expect(move({ key, ctrlKey: false, metaKey: ctrlKey }, from, extent)).toEqual({ row, column });
  });

  it('stop at the edges', () => {
    const key = { ctrlKey: false, metaKey: false };
    expect(move({ key: 'ArrowUp', ...key }, { row: 0, column: 0 }, extent)).toEqual({ row: 0, column: 0 });
    expect(move({ key: 'PageDown', ...key }, { row: 95, column: 0 }, extent)).toEqual({ row: 99, column: 0 });
  });

  it('leave other keys, and grids without cells, alone', () => {
    expect(move({ key: 'a', ctrlKey: false, metaKey: false }, from, extent)).toBeUndefined();
    expect(move({ key: 'ArrowUp', ctrlKey: false, metaKey: false }, from, { ...extent, rows: 0 })).toBeUndefined();
  });
});
