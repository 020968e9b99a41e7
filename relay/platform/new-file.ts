// A file on its way: it grows under a temporary name in the folder where it belongs, and is renamed when it is whole.
// rename(2) replaces in one step; fsync(2) of the file before and of the folder after makes it last. Only a plain file
// is replaced: behind a link it is the link's target.
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Stats } from 'node:fs';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { folderInPlace } from '../../shared/locations/folder.ts';
import type { NewFile } from '../../shared/platform.ts';
import { explaining, isMissing } from './disk-errors.ts';
import type { DataFolders } from './data-folders.ts';
import type { DiskLocation } from './location.ts';
import type { NoteLeftover } from './leftover.ts';
import { hiddenName, keepAccess, lstatIfAny, removeEmpty, syncPath, writeAll } from './parts.ts';

/** Tries to make a file in a folder that another writer, who gives up, may be removing. */
const attempts = 100;

export class DiskNewFile implements NewFile {
  readonly #folders: DataFolders;
  readonly #name: string;
  /** Where it belongs, after all links. */
  readonly #target: string;
  readonly #replaced: Stats | undefined;
  readonly #note: NoteLeftover | undefined;
  readonly #folder: string;
  readonly #part: string;
  /** The topmost folder that had to be made. */
  #made: string | undefined;
  #begun: Promise<void> | undefined;
  #handle: FileHandle | undefined;
  #open = true;

  private constructor(
    folders: DataFolders,
    name: string,
    target: string,
    replaced: Stats | undefined,
    note: NoteLeftover | undefined,
  ) {
    this.#folders = folders;
    this.#name = name;
    this.#target = target;
    this.#replaced = replaced;
    this.#note = note;
    this.#folder = dirname(target);
    this.#part = join(this.#folder, hiddenName(basename(target), 'part'));
  }

  /**
   * Makes nothing yet. `note` is told what a killed process would leave; absent where it is a part of what was noted
   * already. Fails with file.exists where something else than a file is in the way, and with file.forbidden.
   */
  static async create(folders: DataFolders, place: DiskLocation, note?: NoteLeftover): Promise<DiskNewFile> {
    const target = await folders.targetOf(place);
    await folders.requireInside(dirname(target), place.name);
    const replaced = await explaining(`Creating ${place.name}`, () => plainFileAt(target, place.name));
    return new DiskNewFile(folders, place.name, target, replaced, note);
  }

  async engineName(): Promise<string> {
    this.#requireOpen();
    await this.#begin();
    return this.#part;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#begin();
    await this.#attempt(async () => writeAll(await this.#opened(), bytes));
  }

  async commit(): Promise<number> {
    this.#requireOpen();
    try {
      await this.#begin();
      return await this.#attempt(async () => {
        const handle = await this.#opened();
        await this.#folders.requireInside(this.#folder, this.#name); // a link may have come since
        const replaced = await plainFileAt(this.#target, this.#name);
        if (replaced) await keepAccess(handle, replaced);
        await handle.sync();
        const { size } = await handle.stat();
        await this.#closeHandle();
        await rename(this.#part, this.#target);
        this.#open = false;
        await syncPath(this.#folder);
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
      await this.#closeHandle();
      await rm(this.#part, { force: true });
      if (this.#made !== undefined) await removeEmpty(this.#folder, this.#made);
    });
  }

  #begin(): Promise<void> {
    this.#begun ??= this.#attempt(async () => {
      const made = await this.#folders.requireInside(this.#folder, this.#name);
      await this.#note?.({ part: this.#part, ...(made === undefined ? {} : { made }) });
      await this.#makePart();
    });
    return this.#begun;
  }

  /** The rows of a file that only some may read must not be readable by more while they are written. */
  async #makePart(): Promise<void> {
    const mode = this.#replaced ? (this.#replaced.mode & 0o666) | 0o600 : 0o666;
    for (let attempt = 1; ; attempt++) {
      const made = await mkdir(this.#folder, { recursive: true });
      this.#made ??= made;
      try {
        const handle = await open(this.#part, 'ax', mode);
        await handle.close();
        return;
      } catch (thrown) {
        if (!isMissing(thrown) || attempt === attempts) throw thrown;
      }
    }
  }

  async #opened(): Promise<FileHandle> {
    this.#handle ??= await open(this.#part, 'a');
    return this.#handle;
  }

  async #closeHandle(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  #attempt<T>(task: () => Promise<T>): Promise<T> {
    return explaining(`Writing ${this.#name}`, task);
  }

  #requireOpen(): void {
    if (!this.#open) throw failure('internal', `${this.#name} was already written or given up.`);
  }
}

/** The plain file at a path that no link stands at; undefined for nothing. */
async function plainFileAt(path: string, name: string): Promise<Stats | undefined> {
  const found = await lstatIfAny(path);
  if (!found || found.isFile()) return found;
  if (found.isDirectory()) throw folderInPlace(name);
  throw noFile(name, found);
}

/** What is no file must not become one. */
export function noFile(name: string, found: Stats): SluiceError {
  const what = found.isFIFO() ? 'a pipe' : found.isSocket() ? 'a socket' : 'no plain file';
  return failure('file.forbidden', `${name} is ${what}, and only files can be written here.`, {
    hint: 'Give the path of a file, or of nothing yet.',
  });
}
