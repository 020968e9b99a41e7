import { expect, it } from 'vitest';
import { isGzip } from './content.ts';

it.each([
  ['a.csv.gz', true],
  ['a.csv', false],
  ['week #2.csv.gz', true], // a path has no query and no fragment
  ['what?.csv.GZ', true],
  ['a.gz#b.csv', false],
  ['https://example.com/a.csv.gz?…', true],
  ['https://example.com/a.csv?name=b.gz', false],
])('%s is compressed by its name: %s', (location, expected) => {
  expect(isGzip({ location }, 'auto')).toBe(expected);
});
