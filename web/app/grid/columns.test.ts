import { describe, expect, it } from 'vitest';
import { edgesOf, revealColumn, visibleColumns } from './columns.ts';

const edges = edgesOf([100, 50, 200, 80]);

describe('the columns of a grid', () => {
  it('lie side by side', () => {
    expect(edges).toEqual([0, 100, 150, 350, 430]);
    expect(edgesOf([])).toEqual([0]);
  });

  it.each([
    [0, 100, 0, 1],
    [0, 101, 0, 2],
    [99, 2, 0, 2],
    [100, 10, 1, 2],
    [160, 1000, 2, 4],
    [5000, 100, 3, 4],
  ])('from %d on, %d pixels wide, show %d up to %d', (left, width, first, end) => {
    expect(visibleColumns(edges, left, width)).toEqual({ first, end });
  });

  it('show nothing of nothing', () => {
    expect(visibleColumns(edgesOf([]), 0, 100)).toEqual({ first: 0, end: 0 });
  });

  it('of five hundred are few in view', () => {
    const wide = edgesOf(Array.from({ length: 500 }, () => 120));
    expect(visibleColumns(wide, 30_000, 700)).toEqual({ first: 250, end: 256 });
  });

  it('come into view with the least movement', () => {
    expect(revealColumn(0, edges, 120, 200)).toBe(0);
    expect(revealColumn(3, edges, 0, 200)).toBe(230);
    expect(revealColumn(1, edges, 90, 200)).toBe(90);
    expect(revealColumn(2, edges, 0, 120)).toBe(150);
  });
});
