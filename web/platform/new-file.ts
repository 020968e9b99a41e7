// A file on its way: bytes go into a temporary file, which takes its place on commit.
import { failure } from '../../shared/errors.ts';
import { fileAbove, folderInPlace } from '../../shared/locations/folder.ts';
import type { NewFile } from '../../shared/platform.ts';
import type { Database, WritableFile } from './database.ts';
import { basename } from './location.ts';
import { explainStorage } from './storage-errors.ts';
import type { OriginStorage } from './storage.ts';
import type { TemporaryFile } from './temporary.ts';

/** What may be done otherwise than for a stored file. */
export interface NewFileOptions {
  /** Makes the finished file visible; without it, under its path among the stored files. */
  readonly publish?: (file: TemporaryFile) => Promise<void>;
  /** Called with the bytes that every write adds. */
  readonly onWrite?: (bytes: number) => void;
}

export class StoredNewFile implements NewFile {
  readonly #database: Database;
  readonly #storage: OriginStorage;
  readonly #path: string;
  readonly #file: TemporaryFile;
  readonly #options: NewFileOptions;
  #engineName: string | undefined;
  #written = 0;
  #open = true;

  private constructor(
    database: Database,
    storage: OriginStorage,
    path: string,
    file: TemporaryFile,
    options: NewFileOptions,
  ) {
    this.#database = database;
    this.#storage = storage;
    this.#path = path;
    this.#file = file;
    this.#options = options;
  }

  /** Fails with file.exists where something else than a file is in the way. */
  static async create(
    database: Database,
    storage: OriginStorage,
    path: string,
    options: NewFileOptions = {},
  ): Promise<StoredNewFile> {
    if (!options.publish) await requireFilePlace(storage, path);
    try {
      return new StoredNewFile(database, storage, path, await storage.temporary.create(basename(path)), options);
    } catch (thrown) {
      throw explainStorage(thrown, `Creating ${path}`);
    }
  }

  engineName(): Promise<string> {
    this.#requireOpen();
    this.#engineName ??= this.#database.registerWritable(basename(this.#path), this.#forEngine());
    return Promise.resolve(this.#engineName);
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#written += this.#put(bytes, this.#written);
    return Promise.resolve();
  }

  async commit(): Promise<number> {
    this.#requireOpen();
    try {
      this.#leave();
      const size = this.#file.access.getSize();
      const { publish } = this.#options;
      await (publish ? publish(this.#file) : this.#storage.publish(this.#file, this.#path));
      return size;
    } catch (thrown) {
      await this.#storage.temporary.discard(this.#file);
      throw explainStorage(thrown, `Writing ${this.#path}`);
    }
  }

  async abort(): Promise<void> {
    if (!this.#open) return;
    try {
      this.#leave();
    } finally {
      await this.#storage.temporary.discard(this.#file);
    }
  }

  #leave(): void {
    this.#open = false;
    if (this.#engineName !== undefined) this.#database.drop(this.#engineName);
  }

  #requireOpen(): void {
    if (!this.#open) throw failure('internal', `${this.#path} was already written or given up.`);
  }

  /** Writes all the bytes or fails: storage.full, file.failed. */
  #put(bytes: Uint8Array, at: number): number {
    try {
      const written = this.#file.access.write(bytes, { at });
      this.#options.onWrite?.(written);
      if (written < bytes.byteLength) throw new DOMException('The file did not take all bytes.', 'QuotaExceededError');
      return written;
    } catch (thrown) {
      throw explainStorage(thrown, `Writing ${this.#path}`);
    }
  }

  #forEngine(): WritableFile {
    const { access } = this.#file;
    return {
      read: (into, options) => access.read(into, options),
      write: (bytes, { at }) => this.#put(bytes, at),
      truncate: (size) => access.truncate(size),
      getSize: () => access.getSize(),
      flush: () => access.flush(),
    };
  }
}

async function requireFilePlace(storage: OriginStorage, path: string): Promise<void> {
  if ((await storage.kindOf(path)) === 'folder') throw folderInPlace(path);
  await requireNoFileAbove(storage, path);
}

/** Fails with file.exists where one of the folders of a path is a file. */
export async function requireNoFileAbove(storage: OriginStorage, path: string): Promise<void> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const kind = await storage.kindOf(path.slice(0, end));
    if (kind === 'file') throw fileAbove(path);
    if (kind === 'folder') return;
  }
}
