// A folder on its way: it grows under a hidden name beside its place and is renamed when it is whole. rename(2) cannot
// swap two folders, so one that is replaced steps aside first: a crash between the two renames leaves no folder under
// the name, but both of them whole beside it, and the next look at the location puts the old one back (`mendFolder`).
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { failure } from '../../shared/errors.ts';
import { existing, sharedFolder } from '../../shared/locations/folder.ts';
import type { NewFile, NewFolder } from '../../shared/platform.ts';
import { errno, explaining, isMissing } from './disk-errors.ts';
import { DataFolders } from './data-folders.ts';
import type { NoteLeftover } from './leftover.ts';
import type { DiskLocation } from './location.ts';
import { DiskNewFile } from './new-file.ts';
import { hiddenName, isHiddenNameOf, keepAccess, lstatIfAny, removeEmpty, syncPath } from './parts.ts';

/** Tries to take the place of a folder that others may be replacing at the same time. */
const attempts = 100;

type Mode = 'refuse' | 'replace';

export class DiskNewFolder implements NewFolder {
  readonly #folders: DataFolders;
  /** Where it belongs, after all links. */
  readonly #place: DiskLocation;
  readonly #note: NoteLeftover;
  readonly #mode: Mode;
  readonly #parent: string;
  readonly #part: string;
  /** The topmost folder above that had to be made. */
  #made: string | undefined;
  #noted: Promise<void> | undefined;
  #open = true;

  private constructor(folders: DataFolders, place: DiskLocation, mode: Mode, note: NoteLeftover) {
    this.#folders = folders;
    this.#place = place;
    this.#note = note;
    this.#mode = mode;
    this.#parent = dirname(place.path);
    this.#part = join(this.#parent, hiddenName(basename(place.path), 'part'));
  }

  /** Makes nothing yet. Fails with file.exists, file.forbidden. */
  static async create(
    folders: DataFolders,
    place: DiskLocation,
    mode: Mode,
    note: NoteLeftover,
  ): Promise<DiskNewFolder> {
    const target = { path: await folders.targetOf(place), name: place.name };
    await folders.requireInside(dirname(target.path), target.name);
    await explaining(`Creating ${target.name}`, async () => {
      await mendFolder(target.path);
      await requireReplaceable(target, mode);
    });
    return new DiskNewFolder(folders, target, mode, note);
  }

  async engineName(): Promise<string> {
    await this.#prepare();
    return this.#part;
  }

  async create(path: string): Promise<NewFile> {
    await this.#prepare();
    const place = { path: join(this.#part, path), name: `${this.#place.name}/${path}` };
    return DiskNewFile.create(DataFolders.only(this.#part), place);
  }

  async commit(partitions = 0): Promise<{ files: number; bytes: number }> {
    try {
      await this.#prepare();
      return await this.#attempt(async () => {
        const { folders, ...size } = await measure(this.#part);
        if (folders < partitions) throw sharedFolder(this.#place.name);
        await syncTree(this.#part);
        await this.#takePlace();
        this.#open = false;
        await syncPath(this.#parent);
        await sweepOld(this.#place.path);
        return size;
      });
    } finally {
      await this.abort();
    }
  }

  async abort(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#attempt(async () => {
      await rm(this.#part, { recursive: true, force: true });
      if (this.#made !== undefined) await removeEmpty(this.#parent, this.#made);
    });
  }

  async #prepare(): Promise<void> {
    if (!this.#open) throw failure('internal', `${this.#place.name} was already written or given up.`);
    this.#noted ??= this.#noteParts();
    await this.#noted;
    await this.#attempt(async () => {
      const made = await mkdir(this.#part, { recursive: true });
      if (made !== undefined && made !== this.#part) this.#made ??= made;
    });
  }

  async #noteParts(): Promise<void> {
    const made = await this.#folders.requireInside(this.#parent, this.#place.name);
    await this.#note({ part: this.#part, ...(made === undefined ? {} : { made }) });
  }

  async #takePlace(): Promise<void> {
    const { path, name } = this.#place;
    await this.#folders.requireInside(this.#parent, name); // a link may have come since
    let steppedAside = false;
    for (let attempt = 0; ; attempt++) {
      try {
        const replaced = await lstatIfAny(path);
        if (replaced && !replaced.isDirectory()) throw existing(name, 'file');
        if (replaced) await keepFolderAccess(this.#part, replaced);
        await rename(this.#part, path); // an empty folder gives way by itself
        return;
      } catch (thrown) {
        if (!isTaken(thrown) || this.#mode === 'refuse' || attempt === attempts) {
          if (steppedAside) await mendFolder(path); // nothing has taken its place
          throw isTaken(thrown) ? existing(name) : thrown;
        }
      }
      const old = join(this.#parent, hiddenName(basename(path), 'old'));
      await this.#note({ old, place: path });
      try {
        await rename(path, old);
        steppedAside = true;
      } catch (thrown) {
        if (!isMissing(thrown)) throw thrown; // another writer has just moved it aside
      }
    }
  }

  #attempt<T>(task: () => Promise<T>): Promise<T> {
    return explaining(`Writing ${this.#place.name}`, task);
  }
}

/**
 * Puts back a folder that stepped aside for one that never came, and answers whether there was one. Safe beside writers:
 * they try again.
 */
export async function mendFolder(path: string): Promise<boolean> {
  const [last] = (await oldOnes(path)).slice(-1);
  if (last === undefined || (await lstatIfAny(path))) return false;
  await rename(last, path).catch((reason: unknown) => {
    if (!isMissing(reason) && !isTaken(reason)) throw reason;
  });
  return true;
}

/** Removes what stepped aside for the folder that is there now. */
async function sweepOld(path: string): Promise<void> {
  for (const old of await oldOnes(path)) await rm(old, { recursive: true, force: true });
}

/** The folders that stepped aside, the one that did so last at the end. Others may be removing them. */
async function oldOnes(path: string): Promise<string[]> {
  const [folder, name] = [dirname(path), basename(path)];
  const entries = await readdir(folder).catch(none);
  const found: { readonly path: string; readonly at: number }[] = [];
  for (const entry of entries ?? []) {
    if (!isHiddenNameOf(name, 'old', entry)) continue;
    const stats = await stat(join(folder, entry)).catch(none);
    if (stats) found.push({ path: join(folder, entry), at: stats.ctimeMs });
  }
  return found.sort((one, other) => one.at - other.at).map((each) => each.path);
}

function none(thrown: unknown): undefined {
  if (!isMissing(thrown)) throw thrown;
}

async function requireReplaceable({ path, name }: DiskLocation, mode: Mode): Promise<void> {
  const found = await lstatIfAny(path);
  if (found && !found.isDirectory()) throw existing(name, 'file');
  if (found && mode === 'refuse' && (await readdir(path)).length > 0) throw existing(name);
}

async function keepFolderAccess(part: string, replaced: Stats): Promise<void> {
  const handle = await open(part);
  try {
    await keepAccess(handle, replaced);
  } finally {
    await handle.close();
  }
}

/** How much is in the folder, and how many folders hold files. */
async function measure(folder: string): Promise<{ files: number; bytes: number; folders: number }> {
  let [files, bytes] = [0, 0];
  const holding = new Set<string>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue;
    files++;
    bytes += (await stat(join(entry.parentPath, entry.name))).size;
    holding.add(entry.parentPath);
  }
  return { files, bytes, folders: holding.size };
}

/** Makes all that is in the folder last. */
async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? syncTree(path) : syncPath(path));
  }
  await syncPath(folder);
}

function isTaken(thrown: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errno(thrown) ?? '');
}
