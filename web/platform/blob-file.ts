// An open file over a Blob: an added file, a snapshot of a stored one, or a download. Nothing is read until asked for.
import { cancelled, type Issue } from '../../shared/errors.ts';
import { changed } from '../../shared/locations/changed.ts';
import { engineFolders } from '../../shared/locations/partitions.ts';
import type { OpenFile } from '../../shared/platform.ts';
import { readBlobSync, type ByteSource } from './byte-source.ts';
import type { Database } from './database.ts';
import { basename } from './location.ts';
import { explainStorage } from './storage-errors.ts';

/** Bytes of a piece that `stream` yields. */
const pieceSize = 4 * 1024 * 1024;

export interface BlobFileParts {
  readonly location: string;
  readonly blob: Blob;
  readonly notices?: readonly Issue[];
  readonly decompressed?: boolean;
  readonly partitions?: readonly (string | null)[] | undefined;
  /** Frees what stands behind the blob. */
  readonly release?: () => Promise<void>;
}

export class BlobFile implements OpenFile, ByteSource {
  readonly location: string;
  readonly notices?: readonly Issue[];
  readonly decompressed: boolean;
  readonly partitionValues?: readonly (string | null)[];
  readonly size: number;
  readonly blob: Blob;
  readonly #database: Database;
  readonly #release: BlobFileParts['release'];
  #engineName: string | undefined;

  constructor(database: Database, parts: BlobFileParts) {
    this.#database = database;
    this.location = parts.location;
    this.blob = parts.blob;
    this.size = parts.blob.size;
    this.decompressed = parts.decompressed ?? false;
    this.#release = parts.release;
    if (parts.notices) this.notices = parts.notices;
    if (parts.partitions) this.partitionValues = parts.partitions;
  }

  get engineName(): string {
    if (this.#engineName === undefined) {
      // DuckDB takes some characters of a name for patterns, and folders for columns.
      const name = basename(this.location).replace(/[*?[\]{}=\\%]/g, '_');
      this.#engineName = this.#database.registerBlob(engineFolders(this.partitionValues ?? []) + name, this.blob);
    }
    return this.#engineName;
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    try {
      return new Uint8Array(await this.blob.slice(start, end).arrayBuffer());
    } catch (thrown) {
      throw explainStorage(thrown, `Reading ${this.location}`);
    }
  }

  readSync(start: number, end: number): Uint8Array<ArrayBuffer> {
    return readBlobSync(this.blob, this.location, start, end);
  }

  async *stream(signal?: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    for (let start = 0; start < this.size; start += pieceSize) {
      if (signal?.aborted) throw cancelled();
      yield await this.read(start, start + pieceSize);
    }
  }

  /** A File is a look at what is stored: the browser does not read one that has changed since (File API, 4). */
  async verify(): Promise<void> {
    try {
      await this.blob.slice(0, 1).arrayBuffer();
    } catch (thrown) {
      throw changed(this.location, thrown);
    }
  }

  async close(): Promise<void> {
    if (this.#engineName !== undefined) this.#database.drop(this.#engineName);
    this.#engineName = undefined;
    await this.#release?.();
  }
}
