import { describe, expect, it } from 'vitest';
import { closest } from './closest.ts';

describe('closest', () => {
  it.each([
    ['destinations', 'destination'],
    ['partition_colums', 'partition_columns'],
    ['sohw', 'show'],
    ['Name', 'name'],
    ['compress', 'compression'],
    ['mystery', undefined],
    ['', undefined],
    ['x', undefined],
  ])('%s → %s', (typed, meant) => {
    const names = ['destination', 'partition_columns', 'show', 'name', 'compression', 'sources'];
    expect(closest(typed, names)).toBe(meant);
  });
});
