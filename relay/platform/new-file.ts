// A file on its way: it grows under a temporary name in the folder where it belongs, and is renamed when it is whole.
// rename(2) replaces in one step; fsync(2) of the file before and of the folder after makes it last.
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure } from '../../shared/errors.ts';
import type { NewFile } from '../../shared/platform.ts';
import { explaining } from './disk-errors.ts';
import type { DataFolders } from './data-folders.ts';
import type { DiskLocation } from './location.ts';
import type { NoteLeftover } from './leftover.ts';
import { hiddenName, removeEmpty, syncPath } from './parts.ts';

export class DiskNewFile implements NewFile {
  readonly #folders: DataFolders;
  readonly #place: DiskLocation;
  readonly #folder: string;
  readonly #part: string;
  /** The topmost folder that had to be made. */
  readonly #made: string | undefined;
  #handle: FileHandle | undefined;
  #open = true;

  private constructor(folders: DataFolders, place: DiskLocation, part: string, made: string | undefined) {
    this.#folders = folders;
    this.#place = place;
    this.#folder = dirname(place.path);
    this.#part = part;
    this.#made = made;
  }

  /** `note` is told what a killed process would leave; absent where it is a part of what was noted already. */
  static async create(folders: DataFolders, place: DiskLocation, note?: NoteLeftover): Promise<DiskNewFile> {
    const folder = dirname(place.path);
    const part = join(folder, hiddenName(basename(place.path), 'part'));
    const missing = await folders.requireInside(folder, place.name);
    const made = await explaining(`Creating ${place.name}`, async () => {
      await note?.({ part, ...(missing === undefined ? {} : { made: missing }) });
      return mkdir(folder, { recursive: true });
    });
    return new DiskNewFile(folders, place, part, made);
  }

  async engineName(): Promise<string> {
    this.#requireOpen();
    await this.#attempt(() => mkdir(this.#folder, { recursive: true }));
    return this.#part;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#attempt(async () => {
      const handle = await this.#opened();
      for (let done = 0; done < bytes.byteLength;) done += (await handle.write(bytes, done)).bytesWritten;
    });
  }

  async commit(): Promise<number> {
    this.#requireOpen();
    try {
      return await this.#attempt(async () => {
        const handle = await this.#opened();
        await handle.sync();
        const { size } = await handle.stat();
        await this.#closeHandle();
        await this.#folders.requireInside(this.#folder, this.#place.name); // a link may have come since
        await rename(this.#part, this.#place.path);
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

  /** The handle of the part, made when it does not exist yet; DuckDB may have written it. */
  async #opened(): Promise<FileHandle> {
    if (this.#handle) return this.#handle;
    await mkdir(this.#folder, { recursive: true });
    this.#handle = await open(this.#part, 'a');
    return this.#handle;
  }

  async #closeHandle(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  #attempt<T>(task: () => Promise<T>): Promise<T> {
    return explaining(`Writing ${this.#place.name}`, task);
  }

  #requireOpen(): void {
    if (!this.#open) throw failure('internal', `${this.#place.name} was already written or given up.`);
  }
}
