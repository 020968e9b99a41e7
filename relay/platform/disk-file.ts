// A file on the disk that is open for reading, by us and by DuckDB. Our own handle is made when we first read, because a
// folder may have more files than a process may have handles; a file that is another one by then is refused.
import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readlink, rm, stat, symlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Stats } from 'node:fs';
import { cancelled, failure, type Issue } from '../../shared/errors.ts';
import { engineFolders } from '../../shared/locations/partitions.ts';
import type { OpenFile } from '../../shared/platform.ts';
import { explainDisk, isMissing } from './disk-errors.ts';

/** Bytes of a piece that `stream` yields. */
const pieceSize = 1024 * 1024;

/** DuckDB takes some characters of a path for patterns, and folders named `key=value` for columns (Hive partitions). */
const special = /[*?[\]{}=\\]/;

export interface DiskFileParts {
  /** The absolute path, without symbolic links. */
  readonly path: string;
  /** What it is called in messages. */
  readonly name: string;
  /** A folder for links with harmless names. */
  readonly links: string;
  readonly partitions?: readonly (string | null)[] | undefined;
  readonly notices?: readonly Issue[];
  /** Frees what stands behind the file. */
  readonly release?: () => Promise<void>;
}

export class DiskFile implements OpenFile {
  readonly location: string;
  readonly size: number;
  readonly engineName: string;
  readonly partitionValues?: readonly (string | null)[];
  readonly notices?: readonly Issue[];
  readonly #parts: DiskFileParts;
  readonly #found: Stats;
  /** The folder that was made for the link. */
  readonly #linked: string | undefined;
  #handle: Promise<FileHandle> | undefined;

  private constructor(parts: DiskFileParts, found: Stats, engineName: string, linked?: string) {
    this.#parts = parts;
    this.#found = found;
    this.#linked = linked;
    this.location = parts.name;
    this.size = found.size;
    this.engineName = engineName;
    if (parts.partitions) this.partitionValues = parts.partitions;
    if (parts.notices) this.notices = parts.notices;
  }

  /** A path that DuckDB would misread, or that must tell values, is given to it as a link. */
  static async open(parts: DiskFileParts): Promise<DiskFile> {
    const { path, name, links, partitions = [] } = parts;
    const found = await stat(path);
    if (!found.isFile()) throw failure('file.not_found', `${name} is not a file.`);
    await access(path, constants.R_OK);
    if (partitions.length === 0 && !special.test(path)) return new DiskFile(parts, found, path);
    const folder = join(links, randomUUID());
    const link = join(folder, engineFolders(partitions), basename(path).replace(new RegExp(special, 'g'), '_'));
    await mkdir(dirname(link), { recursive: true });
    await symlink(path, link);
    return new DiskFile(parts, found, link, folder);
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const wanted = new Uint8Array(Math.max(0, Math.min(end, this.size) - start));
    let filled = 0;
    try {
      const handle = await this.#opened();
      while (filled < wanted.byteLength) {
        const { bytesRead } = await handle.read(wanted, filled, wanted.byteLength - filled, start + filled);
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
    const handle = await this.#handle?.catch(() => undefined); // why it was not opened has been told to who read
    this.#handle = undefined;
    await handle?.close();
    if (this.#linked !== undefined) await rm(this.#linked, { recursive: true, force: true });
    await this.#parts.release?.();
  }

  #opened(): Promise<FileHandle> {
    this.#handle ??= this.#openSame();
    return this.#handle;
  }

  async #openSame(): Promise<FileHandle> {
    const handle = await open(this.#parts.path);
    try {
      const now = await handle.stat();
      const { dev, ino, size, mtimeMs } = this.#found;
      const same = now.dev === dev && now.ino === ino && now.size === size && now.mtimeMs === mtimeMs;
      if (same && (await leadsTo(handle, this.#parts.path))) return handle;
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
    await handle.close();
    throw failure('file.failed', `${this.location} was changed while it was read.`, { hint: 'Run again.' });
  }
}

/** Whether no link on the path has come in since it was checked, where the system tells (proc(5), `fd`). */
async function leadsTo({ fd }: FileHandle, path: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/self/fd/${fd}`)) === path;
  } catch (thrown) {
    if (isMissing(thrown)) return true;
    throw thrown;
  }
}
