import { expect, it } from 'vitest';
import { bytesText, countText, roughlyText, secondsText } from './amounts.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [9960, '10 kB'],
  [999_600, '1.0 MB'],
  [5e15, '5000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it('counts and times', () => {
  expect([countText(1, 'row'), countText(1234567, 'row')]).toEqual(['1 row', '1,234,567 rows']);
  expect(secondsText(345)).toBe('0.34s');
  expect([500, 89_000, 200_000, 7_200_000].map(roughlyText)).toEqual(['1 s', '89 s', '3 min', '2 h']);
});
