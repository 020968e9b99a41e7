// A file that is made to be downloaded: it stays in the temporary folder, and the page reads it from there.
import type { NewFile } from '../../shared/platform.ts';
import type { Database } from './database.ts';
import { StoredNewFile } from './new-file.ts';
import type { OriginStorage } from './storage.ts';
import type { TemporaryFile } from './temporary.ts';

export class ExportFile {
  /** Where the rows go. On commit it is whole, and `blob` can be had. */
  readonly file: NewFile;
  readonly #storage: OriginStorage;
  readonly #finished: () => TemporaryFile | undefined;

  private constructor(file: NewFile, storage: OriginStorage, finished: () => TemporaryFile | undefined) {
    this.file = file;
    this.#storage = storage;
    this.#finished = finished;
  }

  /** `onWrite` is called with the bytes that every write adds. */
  static async create(
    database: Database,
    storage: OriginStorage,
    name: string,
    onWrite: (bytes: number) => void,
  ): Promise<ExportFile> {
    let finished: TemporaryFile | undefined;
    const publish = (temporary: TemporaryFile): Promise<void> => {
      temporary.access.flush();
      temporary.access.close();
      finished = temporary;
      return Promise.resolve();
    };
    const file = await StoredNewFile.create(database, storage, name, { publish, onWrite });
    return new ExportFile(file, storage, () => finished);
  }

  /** The bytes, after the commit and until `discard`. */
  async blob(): Promise<Blob> {
    return (await this.#finished()?.handle.getFile()) ?? new Blob();
  }

  async discard(): Promise<void> {
    const finished = this.#finished();
    if (finished) await this.#storage.temporary.discard(finished);
    else await this.file.abort();
  }
}
