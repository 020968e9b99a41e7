// A file on the disk that is open for reading, by us and by DuckDB. Our own handle is made when we first read, because a
// folder may have more files than a process may have handles; a file that is another one by then is refused. DuckDB opens
// the path anew for each scan, so `verify` is asked after all of them: what was changed in between has another inode,
// size or time. The times' steps are those of the kernel's clock, a few milliseconds.
import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readlink, rm, stat, symlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BigIntStats } from 'node:fs';
import { cancelled, failure, type Issue } from '../../shared/errors.ts';
import { engineFolders } from '../../shared/locations/partitions.ts';
import { changed } from '../../shared/locations/changed.ts';
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
  readonly decompressed?: boolean;
  /** Frees what stands behind the file. */
  readonly release?: () => Promise<void>;
}

export class DiskFile implements OpenFile {
  readonly location: string;
  readonly size: number;
  readonly engineName: string;
  readonly decompressed: boolean;
  readonly partitionValues?: readonly (string | null)[];
  readonly notices?: readonly Issue[];
  readonly #parts: DiskFileParts;
  readonly #found: BigIntStats;
  /** The folder that was made for the link. */
  readonly #linked: string | undefined;
  #handle: Promise<FileHandle> | undefined;

  private constructor(parts: DiskFileParts, found: BigIntStats, engineName: string, linked?: string) {
    this.#parts = parts;
    this.#found = found;
    this.#linked = linked;
    this.location = parts.name;
    this.size = Number(found.size);
    this.engineName = engineName;
    this.decompressed = parts.decompressed ?? false;
    if (parts.partitions) this.partitionValues = parts.partitions;
    if (parts.notices) this.notices = parts.notices;
  }

  /** A path that DuckDB would misread, or that must tell values, is given to it as a link. */
  static async open(parts: DiskFileParts): Promise<DiskFile> {
    const { path, name, links, partitions = [] } = parts;
    const found = await stat(path, { bigint: true });
    if (!found.isFile())
      throw failure('file.not_found', `${name} is ${found.isDirectory() ? 'a folder' : 'not a file'}.`);
    await access(path, constants.R_OK);
    if (partitions.length === 0 && !special.test(path)) return new DiskFile(parts, found, path);
    const folder = join(links, randomUUID());
    const link = join(folder, engineFolders(partitions), basename(path).replace(new RegExp(special, 'g'), '_'));
    try {
      await mkdir(dirname(link), { recursive: true });
      await symlink(path, link);
    } catch (thrown) {
      await rm(folder, { recursive: true, force: true });
      throw thrown;
    }
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

  async verify(): Promise<void> {
    let now: BigIntStats | undefined;
    try {
      now = await stat(this.#parts.path, { bigint: true });
    } catch (thrown) {
      if (!isMissing(thrown)) throw explainDisk(thrown, `Looking up ${this.location}`);
    }
    if (!now || !isSame(this.#found, now)) throw changed(this.location);
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
      const same = isSame(this.#found, await handle.stat({ bigint: true }));
      if (same && (await leadsTo(handle, this.#parts.path))) return handle;
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
    await handle.close();
    throw changed(this.location);
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  const { dev, ino, size, mtimeNs, ctimeNs } = one;
  return (
    other.dev === dev &&
    other.ino === ino &&
    other.size === size &&
    other.mtimeNs === mtimeNs &&
    other.ctimeNs === ctimeNs
  );
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
