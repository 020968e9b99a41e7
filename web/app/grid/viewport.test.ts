import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heightCap, lastOffset, offsetAt, revealRow, scrollHeight, scrollTopAt, visibleRows } from './viewport.ts';

const small = { rows: 100, rowHeight: 26, height: 260 };
const huge = { rows: 10_000_000, rowHeight: 26, height: 520 };
const areas = fc.record({
  rows: fc.integer({ min: 0, max: 20_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 40 }),
  height: fc.integer({ min: 40, max: 2000 }),
});

describe('the window of a grid', () => {
  it('shows the rows under it and some to spare', () => {
    expect(visibleRows(0, small, 0)).toEqual({ first: 0, end: 10 });
    expect(visibleRows(13, small, 0)).toEqual({ first: 0, end: 11 });
    expect(visibleRows(520, small, 3)).toEqual({ first: 17, end: 33 });
    expect(visibleRows(lastOffset(small), small, 5)).toEqual({ first: 85, end: 100 });
  });

  it('shows nothing of nothing', () => {
    expect(visibleRows(0, { ...small, rows: 0 }, 5)).toEqual({ first: 0, end: 0 });
  });

  it('moves pixel by pixel while the height fits', () => {
    expect(scrollHeight(small)).toBe(2600);
    expect(offsetAt(777, small)).toBe(777);
    expect(scrollTopAt(777, small)).toBe(777);
  });

  it('reaches the first and the last of ten million rows through a height that browsers allow', () => {
    expect(scrollHeight(huge)).toBe(heightCap);
    expect(visibleRows(offsetAt(0, huge), huge, 0).first).toBe(0);
    expect(visibleRows(offsetAt(heightCap - huge.height, huge), huge, 0)).toEqual({
      first: 9_999_980,
      end: 10_000_000,
    });
  });

  it('scrolls no further than needed to reveal a row', () => {
    expect(revealRow(5, 52, small)).toBe(52);
    expect(revealRow(1, 52, small)).toBe(26);
    expect(revealRow(20, 0, small)).toBe(286);
    expect(revealRow(99, 0, small)).toBe(lastOffset(small));
  });

  it('reveals any row of any area, through the scroll bar too', () => {
    fc.assert(
      fc.property(areas, fc.double({ min: 0, max: 1, noNaN: true }), (area, share) => {
        fc.pre(area.rows > 0 && area.height >= area.rowHeight);
        const row = Math.min(area.rows - 1, Math.floor(share * area.rows));
        const offset = revealRow(row, 0, area);
        const seen = visibleRows(offset, area, 0);
        expect(row).toBeGreaterThanOrEqual(seen.first);
        expect(row).toBeLessThan(seen.end);
        expect(offsetAt(scrollTopAt(offset, area), area)).toBeCloseTo(offset, 3);
      }),
    );
  });
});
