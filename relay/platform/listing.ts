// What is in the data folders: the files that a selection picks. Links to files are followed as far as they stay
// inside; links to folders are not, because they may lead in circles.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled } from '../../shared/errors.ts';
import type { Selection } from '../../shared/locations/glob.ts';
import type { FoundFile } from '../../shared/platform.ts';
import { explainDisk, isMissing } from './disk-errors.ts';
import type { DataFolders } from './data-folders.ts';
import type { Anchor, DiskLocation } from './location.ts';

/** Where paths of a selection start, and the folders that they must not leave. */
interface Range {
  readonly folders: DataFolders;
  readonly anchor: Anchor;
}

/** The files in order of their paths; none where there is no such folder. Fails with file.forbidden, run.cancelled. */
export async function listFiles(range: Range, selection: Selection, signal?: AbortSignal): Promise<FoundFile[]> {
  const { base } = selection;
  const found: FoundFile[] = [];
  for await (const path of walk(range, base, selection, signal)) {
    const below = base === '' ? path : path.slice(base.length + 1);
    if (await isFile(range, path)) found.push({ location: range.anchor.shown + path, below });
  }
  return found.sort((one, other) => (one.location < other.location ? -1 : 1));
}

/** The paths, from the anchor on, of everything but folders that the selection picks. */
async function* walk(
  range: Range,
  folder: string,
  selection: Selection,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  for (const entry of await entriesOf(range, folder)) {
    if (signal?.aborted) throw cancelled();
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (selection.enters(path)) yield* walk(range, path, selection, signal);
    } else if (selection.matches(path)) yield path;
  }
}

/** False also for a link to nothing. */
async function isFile(range: Range, below: string): Promise<boolean> {
  const place = placeIn(range, below);
  try {
    return (await stat(await range.folders.realPath(place))).isFile();
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw explainDisk(thrown, `Looking up ${place.name}`);
  }
}

async function entriesOf(range: Range, below: string): Promise<Dirent[]> {
  const place = placeIn(range, below);
  try {
    return await readdir(await range.folders.realPath(place), { withFileTypes: true });
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw explainDisk(thrown, `Listing ${place.name || 'the data folder'}`);
  }
}

function placeIn({ anchor }: Range, below: string): DiskLocation {
  return { path: join(anchor.path, below), name: anchor.shown + below };
}
