// Every example through the command, and on a relay: rows and files are those of the engine itself, which are the browser's.
import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withRelayContext, type Elsewhere } from '../contract/relay.ts';
import { runDocument } from '../contract/run-document.ts';
import { throughCommand } from './through-command.ts';
import { throughRelay } from './through-relay.ts';

interface Example {
  readonly name: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const examples = JSON.parse(readFileSync('examples/index.json', 'utf8')) as readonly Example[];

describe.each([
  ['the command', throughCommand],
  ['a relay', throughRelay],
] as const)('an example through %s', (_, elsewhere) => {
  it.concurrent.each(examples)('$name', async (example) => {
    expect(await results(example, elsewhere)).toEqual(await results(example));
  });
});

async function results({ path, parameters }: Example, elsewhere?: Elsewhere): Promise<unknown> {
  return withRelayContext(async ({ platform, addFile, listWritten, readFile: readWritten }) => {
    const folder = join('examples', dirname(path));
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const from = join(entry.parentPath, entry.name);
      if (entry.isFile()) await addFile(relative(folder, from), await readFile(from));
    }
    const { shown, error, outcome } = await runDocument(platform, await readFile(join('examples', path), 'utf8'), {
      parameters,
    });
    expect({ outcome, error }).toEqual({ outcome: 'succeeded', error: undefined });
    const written: Record<string, unknown> = {};
    for (const name of await listWritten()) written[name] = await readWritten(name);
    return { shown, written };
  }, elsewhere);
}
