import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireSmallJson } from './json-size.ts';

function sizeOf(value: unknown): { depth: number; values: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, values: 1 };
  const parts = Object.values(value).map(sizeOf);
  return {
    depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
    values: 1 + parts.reduce((sum, { values }) => sum + values, 0),
  };
}

const takes = (text: string, limits: { depth: number; values: number }): boolean => {
  try {
    requireSmallJson(text, limits);
    return true;
  } catch {
    return false;
  }
};

describe('the size of JSON', () => {
  it('is seen before it is parsed, whatever its texts look like', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { depth, values } = sizeOf(JSON.parse(text));
        expect(takes(text, { depth, values: 2 * values })).toBe(true);
        if (depth > 0) expect(takes(text, { depth: depth - 1, values: Infinity })).toBe(false);
      }),
    );
  });

  it('is refused when it is deep or has many values, also where it is no JSON', () => {
    expect(() => requireSmallJson('['.repeat(1e6), { depth: 16, values: 1e9 })).toThrow('nested deeper than 16 levels');
    expect(() => requireSmallJson(`[${'1,'.repeat(1e6)}`, { depth: 16, values: 1000 })).toThrow(
      'more than 1000 values',
    );
    expect(takes(String.raw`"[[[\"[[[\\"`, { depth: 0, values: 1 })).toBe(true);
    expect(takes('"[[[', { depth: 0, values: 1 })).toBe(true);
  });
});
