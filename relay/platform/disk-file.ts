// A file on the disk that is open for reading, by us and by DuckDB.
import { randomUUID } from 'node:crypto';
import { rm, symlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled } from '../../shared/errors.ts';
import type { OpenFile } from '../../shared/platform.ts';
import { explainDisk } from './disk-errors.ts';

/** Bytes of a piece that `stream` yields. */
const pieceSize = 1024 * 1024;

/** DuckDB takes some characters of a path for patterns, and folders named `key=value` for columns (Hive partitions). */
const special = /[*?[\]{}=\\]/;

interface DiskFileParts {
  readonly path: string;
  readonly name: string;
  readonly links: string;
}

export class DiskFile implements OpenFile {
  readonly location: string;
  readonly size: number;
  readonly engineName: string;
  readonly #handle: FileHandle;
  readonly #link: string | undefined;

  private constructor(handle: FileHandle, location: string, size: number, engineName: string, link?: string) {
    this.#handle = handle;
    this.#link = link;
    this.location = location;
    this.size = size;
    this.engineName = engineName;
  }

  /** Takes over the handle. A path that DuckDB would misread is given to it as a link with a harmless name. */
  static async open(handle: FileHandle, { path, name, links }: DiskFileParts): Promise<DiskFile> {
    try {
      const { size } = await handle.stat();
      if (!special.test(path)) return new DiskFile(handle, name, size, path);
      const link = join(links, randomUUID());
      await symlink(path, link);
      return new DiskFile(handle, name, size, link, link);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const wanted = new Uint8Array(Math.max(0, Math.min(end, this.size) - start));
    let filled = 0;
    try {
      while (filled < wanted.byteLength) {
        const { bytesRead } = await this.#handle.read(wanted, filled, wanted.byteLength - filled, start + filled);
        if (bytesRead === 0) break; // the file has become shorter
        filled += bytesRead;
      }
    } catch (thrown) {
      throw explainDisk(thrown, `Reading ${this.location}`);
    }
    return wanted.subarray(0, filled);
  }

  async *stream(signal?: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    for (let start = 0; start < this.size; start += pieceSize) {
      if (signal?.aborted) throw cancelled();
      yield await this.read(start, start + pieceSize);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
    if (this.#link !== undefined) await rm(this.#link, { force: true });
  }
}
