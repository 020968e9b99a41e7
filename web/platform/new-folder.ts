// A folder on its way: its files wait among the temporary ones until all of it is whole (folder-commit.ts).
import { failure } from '../../shared/errors.ts';
import { existing, sharedFolder } from '../../shared/locations/folder.ts';
import type { NewFile, NewFolder } from '../../shared/platform.ts';
import type { Database } from './database.ts';
import { requireNoFileAbove, StoredNewFile } from './new-file.ts';
import { explainStorage } from './storage-errors.ts';
import type { OriginStorage } from './storage.ts';
import type { TemporaryFile } from './temporary.ts';

type Mode = 'refuse' | 'replace';

interface Staged {
  readonly file: TemporaryFile;
  readonly to: string;
  readonly size: number;
}

export class StoredNewFolder implements NewFolder {
  readonly #database: Database;
  readonly #storage: OriginStorage;
  readonly #path: string;
  readonly #mode: Mode;
  readonly #staged: Staged[] = [];
  #open = true;

  private constructor(database: Database, storage: OriginStorage, path: string, mode: Mode) {
    this.#database = database;
    this.#storage = storage;
    this.#path = path;
    this.#mode = mode;
  }

  /** Fails with file.exists. */
  static async create(database: Database, storage: OriginStorage, path: string, mode: Mode): Promise<StoredNewFolder> {
    const folder = new StoredNewFolder(database, storage, path, mode);
    await folder.#requireReplaceable();
    return folder;
  }

  create(path: string): Promise<NewFile> {
    if (!this.#open) throw this.#ended();
    const publish = (file: TemporaryFile): Promise<void> => {
      file.access.flush();
      const size = file.access.getSize();
      file.access.close();
      this.#staged.push({ file, to: path, size });
      return Promise.resolve();
    };
    return StoredNewFile.create(this.#database, this.#storage, `${this.#path}/${path}`, { publish });
  }

  async commit(partitions = 0): Promise<{ files: number; bytes: number }> {
    if (!this.#open) throw this.#ended();
    try {
      const folders = new Set(this.#staged.map(({ to }) => to.slice(0, to.lastIndexOf('/') + 1)));
      if (folders.size < partitions) throw sharedFolder(this.#path);
      await this.#requireReplaceable();
      const files = this.#staged.map(({ file, to }) => ({ from: file.handle.name, to }));
      await this.#storage.publishFolder({ folder: this.#path, files });
      const bytes = this.#staged.reduce((sum, { size }) => sum + size, 0);
      return { files: files.length, bytes };
    } catch (thrown) {
      throw explainStorage(thrown, `Writing ${this.#path}`);
    } finally {
      await this.abort();
    }
  }

  /** What has been moved away is not there any more to be discarded. */
  async abort(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    for (const { file } of this.#staged.splice(0)) await this.#storage.temporary.discard(file);
  }

  async #requireReplaceable(): Promise<void> {
    const found = await this.#storage.kindOf(this.#path);
    if (found === 'file') throw existing(this.#path, 'file');
    if (found === 'folder' && this.#mode === 'refuse') throw existing(this.#path);
    await requireNoFileAbove(this.#storage, this.#path);
  }

  #ended(): Error {
    return failure('internal', `${this.#path} was already written or given up.`);
  }
}
