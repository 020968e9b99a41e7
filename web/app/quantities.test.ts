import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatRows, formatSeconds } from './quantities.ts';

describe('quantities', () => {
  it('groups the digits of counts', () => {
    expect(formatCount(12_345_678)).toBe('12,345,678');
    expect(formatRows(1)).toBe('1 row');
    expect(formatRows(0)).toBe('0 rows');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [58_287, '58 kB'],
    [999_600, '1.0 MB'],
    [304_000_000, '304 MB'],
    [8_100_000_000_000_000, '8100 TB'],
  ])('shortens %d bytes to %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0.4, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [9994, '9.99 s'],
    [9996, '10.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 00 s'],
    [185_000, '3 min 05 s'],
  ])('shortens %d milliseconds to %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('formatSeconds', () => {
  it.each([
    [-5, '1 s'],
    [1000, '1 s'],
    [1001, '2 s'],
    [59_900, '1 min 00 s'],
    [185_000, '3 min 05 s'],
  ])('counts %d milliseconds as %s', (milliseconds, text) => {
    expect(formatSeconds(milliseconds)).toBe(text);
  });
});
