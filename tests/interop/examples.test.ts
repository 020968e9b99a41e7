// Every example through the command, and on a relay: rows and files are those of the engine itself, which are the browser's.
import { describe, expect, it } from 'vitest';
import { exampleResults, examples } from '../contract/examples.ts';
import { throughCommand } from './through-command.ts';
import { throughRelay } from './through-relay.ts';

describe.each([
  ['the command', throughCommand],
  ['a relay', throughRelay],
] as const)('an example through %s', (_, elsewhere) => {
  it.concurrent.each(examples)('$name', async (example) => {
    const there = await exampleResults(example, elsewhere);
    expect(there).toMatchObject({ outcome: 'succeeded', error: undefined });
    expect(there).toEqual(await exampleResults(example));
  });
});
