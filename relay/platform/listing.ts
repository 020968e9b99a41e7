// What is below the data folder: the files that a selection picks. Links to files are followed as far as they stay
// inside; links to folders are not, because they may lead in circles.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled } from '../../shared/errors.ts';
import type { Selection } from '../../shared/locations/glob.ts';
import type { FoundFile } from '../../shared/platform.ts';
import { explainDisk, isMissing } from './disk-errors.ts';
import { realPath } from './location.ts';

/** The files in order of their paths; none where there is no such folder. Fails with file.forbidden, run.cancelled. */
export async function listFiles(root: string, selection: Selection, signal?: AbortSignal): Promise<FoundFile[]> {
  const { base } = selection;
  const found: FoundFile[] = [];
  for await (const name of walk(root, base, selection, signal)) {
    const below = base === '' ? name : name.slice(base.length + 1);
    if (await isFile(root, name)) found.push({ location: name, below });
  }
  return found.sort((one, other) => (one.location < other.location ? -1 : 1));
}

/** The names, from the data folder on, of everything but folders that the selection picks. */
async function* walk(
  root: string,
  folder: string,
  selection: Selection,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  for (const entry of await entriesOf(root, folder)) {
    if (signal?.aborted) throw cancelled();
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (selection.enters(name)) yield* walk(root, name, selection, signal);
    } else if (selection.matches(name)) yield name;
  }
}

/** False also for a link to nothing. */
async function isFile(root: string, name: string): Promise<boolean> {
  try {
    return (await stat(await realPath(root, { path: join(root, name), name }))).isFile();
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw explainDisk(thrown, `Looking up ${name}`);
  }
}

async function entriesOf(root: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(await realPath(root, { path: join(root, folder), name: folder }), { withFileTypes: true });
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw explainDisk(thrown, `Listing ${folder || 'the data folder'}`);
  }
}
