import { expect, it } from 'vitest';
import { entryOf } from './repair.ts';
import { Tail } from './tail.ts';

const entry = entryOf('run', { type: 'run_started', sequence: 0 }, false);

it('keeps the newest events, and no more bytes than it may', () => {
  const tail = new Tail(100);
  for (const offset of [0, 40, 80]) tail.add(offset, { entry, end: offset + 40 });
  expect([0, 40, 80, 120].map((offset) => tail.at(offset)?.end)).toEqual([undefined, 80, 120, undefined]);
  tail.add(120, { entry, end: 1_000 });
  expect([40, 80, 120].map((offset) => tail.at(offset))).toEqual([undefined, undefined, undefined]);
});
