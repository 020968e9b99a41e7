import { expect, it } from 'vitest';
import { recordOf } from './record.ts';

const read = (text: string): unknown => recordOf({ text, line: 7 }, 'a.json');

it.each([
  ['{"a": 1, "a": 2}', 'with other values'],
  ['{"a":1,"a":1}', 'with the same value'],
  ['{"s":{"a":1 , "b":2, "a" : 3}}', 'in a struct'],
  ['{"l":[{"x":1},{"a":1,"a":2}]}', 'in a list'],
  ['{"a":12345678901234567890,"a":12345678901234567890}', 'beside long integers'],
  ['{"\\u0061":1,"a":2}', 'spelled with an escape'],
])('a key that is given twice is refused: %s (%s)', (text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'file.corrupt' }));
  expect(() => read(text)).toThrow(/^Line 7 of a\.json gives a key twice/);
});

it.each([
  '{"a":1,"A":2}',
  '{"a":"\\":", "b":"a\\\\", "c": "x:y", "":""}',
  '{"time":"12:30:00","s":{"time":"a"},"l":[{"time":1},{"time":2},"time"]}',
  '{"__proto__":1,"n":12345678901234567890}',
  '{}',
])('keys that only look alike are read: %s', (text) => {
  expect(read(text)).toBeTypeOf('object');
});
