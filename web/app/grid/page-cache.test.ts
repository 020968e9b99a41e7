import { describe, expect, it } from 'vitest';
import { PageCache } from './page-cache.ts';

describe('the pages that are held', () => {
  it('are let go when they are too large together, the longest unused first', () => {
    const cache = new PageCache<string>(100, 1);
    cache.set(0, 'a', 40);
    cache.set(1, 'b', 40);
    cache.touch(0);
    cache.set(2, 'c', 40);
    expect([0, 1, 2].map((number) => cache.get(number))).toEqual(['a', undefined, 'c']);
  });

  it('are never fewer than those in view', () => {
    const cache = new PageCache<string>(100, 3);
    for (const number of [0, 1, 2, 3]) cache.set(number, 'large', 1000);
    expect([0, 1, 2, 3].map((number) => cache.has(number))).toEqual([false, true, true, true]);
  });

  it('are counted once when they are replaced', () => {
    const cache = new PageCache<string>(100, 1);
    cache.set(0, 'a', 60);
    cache.set(0, 'b', 60);
    cache.set(1, 'c', 40);
    expect([cache.get(0), cache.get(1)]).toEqual(['b', 'c']);
    cache.clear();
    expect(cache.count).toBe(0);
  });
});
