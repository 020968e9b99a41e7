// What is in the data folders: the files that a selection picks. Links are followed as far as they stay inside and do not
// lead back to a folder that they lie in.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled } from '../../shared/errors.ts';
import type { Selection } from '../../shared/locations/glob.ts';
import { leftOut, type LeftOut } from '../../shared/locations/left-out.ts';
import type { FoundFile, ListOptions } from '../../shared/platform.ts';
import { errno, explainDisk, isMissing } from './disk-errors.ts';
import type { DataFolders } from './data-folders.ts';
import type { Anchor, DiskLocation } from './location.ts';

/** Where paths of a selection start, and the folders that they must not leave. */
interface Range {
  readonly folders: DataFolders;
  readonly anchor: Anchor;
}

/**
 * The files in order of their paths; none where there is no such folder. What is left out is told. Fails with
 * file.forbidden where a link leads out, and with run.cancelled.
 */
export async function listFiles(
  range: Range,
  selection: Selection,
  { signal, notify }: ListOptions = {},
): Promise<FoundFile[]> {
  const walk = new Walk(range, selection, signal);
  const { base } = selection;
  await walk.enter(base, []);
  if (walk.skipped.length > 0) notify?.(leftOut(range.anchor.shown + base, walk.skipped));
  const found = walk.found.map((path): FoundFile => {
    return { location: range.anchor.shown + path, below: base === '' ? path : path.slice(base.length + 1) };
  });
  return found.sort((one, other) => (one.location < other.location ? -1 : 1));
}

class Walk {
  /** Paths from the anchor on. */
  readonly found: string[] = [];
  readonly skipped: LeftOut[] = [];
  readonly #range: Range;
  readonly #selection: Selection;
  readonly #signal: AbortSignal | undefined;

  constructor(range: Range, selection: Selection, signal: AbortSignal | undefined) {
    this.#range = range;
    this.#selection = selection;
    this.#signal = signal;
  }

  /** `above` are the real paths of the folders that led here. */
  async enter(folder: string, above: readonly string[]): Promise<void> {
    const place = this.#placeOf(folder);
    let real: string;
    let entries: Dirent[];
    try {
      real = await this.#range.folders.realPath(place);
      entries = await readdir(real, { withFileTypes: true });
    } catch (thrown) {
      if (isMissing(thrown)) return;
      throw explainDisk(thrown, `Listing ${place.name || 'the data folder'}`);
    }
    if (above.includes(real)) {
      this.skipped.push({ path: folder, why: 'leads back to a folder that it lies in' });
      return;
    }
    for (const entry of entries) {
      if (this.#signal?.aborted) throw cancelled();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const [enters, matches] = [this.#selection.enters(path), this.#selection.matches(path)];
      if (!enters && !matches) continue;
      const kind = entry.isSymbolicLink() ? await this.#kindBehind(path) : kindOf(entry);
      if (kind === 'folder' && enters) await this.enter(path, [...above, real]);
      else if (kind === 'file' && matches) await this.#take(path);
      else if (kind === undefined) this.skipped.push({ path, why: 'is a link that leads to nothing' });
      else if (kind === 'other' && matches) this.skipped.push({ path, why: 'is no plain file' });
    }
  }

  async #take(path: string): Promise<void> {
    const place = this.#placeOf(path);
    try {
      await this.#range.folders.realPath(place); // links that lead out are refused
      this.found.push(path);
    } catch (thrown) {
      if (!isMissing(thrown)) throw explainDisk(thrown, `Looking up ${place.name}`); // else it has gone meanwhile
    }
  }

  async #kindBehind(path: string): Promise<Kind | undefined> {
    const place = this.#placeOf(path);
    try {
      return kindOf(await stat(place.path));
    } catch (thrown) {
      if (isMissing(thrown) || errno(thrown) === 'ELOOP') return undefined;
      throw explainDisk(thrown, `Looking up ${place.name}`);
    }
  }

  #placeOf(below: string): DiskLocation {
    const { anchor } = this.#range;
    return { path: join(anchor.path, below), name: anchor.shown + below };
  }
}

type Kind = 'file' | 'folder' | 'other';

function kindOf(found: Pick<Dirent, 'isFile' | 'isDirectory'>): Kind {
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
}
