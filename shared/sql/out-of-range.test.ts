import { expect, it } from 'vitest';
import { outOfRange } from './out-of-range.ts';

const told = (types: [string, string], more = ''): string =>
  `Type ${types[0]} with value 300 can't be cast because the value is out of range for the destination type ${types[1]}${more}`;

it.each([
  [
    told(['INT128', 'INT64'], ' when casting from source column a b'),
    '300 in column a b is out of the range of BIGINT.',
  ],
  [told(['INT32', 'UINT8']), '300 is out of the range of UTINYINT.'],
  ['Overflow in addition of INT64 (1 + 1)!', undefined],
])('%s', (message, expected) => {
  expect(outOfRange(message)?.message).toBe(expected);
});
