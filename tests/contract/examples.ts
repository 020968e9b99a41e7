// The examples as contract cases: what they show and write, here or elsewhere.
import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { withRelayContext, type Elsewhere } from './relay.ts';
import { runDocument } from './run-document.ts';

export interface Example {
  readonly name: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export const examples = JSON.parse(readFileSync('examples/index.json', 'utf8')) as readonly Example[];

/** The error that there should not be, the rows of the stages and the bytes of the files. */
export async function exampleResults({ path, parameters }: Example, elsewhere?: Elsewhere) {
  return withRelayContext(async ({ platform, addFile, listWritten, readFile: readWritten }) => {
    const folder = join('examples', dirname(path));
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const from = join(entry.parentPath, entry.name);
      if (entry.isFile()) await addFile(relative(folder, from), await readFile(from));
    }
    const text = await readFile(join('examples', path), 'utf8');
    const { shown, error, outcome } = await runDocument(platform, text, { parameters });
    const written: Record<string, unknown> = {};
    for (const name of await listWritten()) written[name] = await readWritten(name);
    return { outcome, error, shown, written };
  }, elsewhere);
}
