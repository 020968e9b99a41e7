// A file of a server that sends parts of it: only what is read is loaded, and nothing is kept.
import { engineFolders } from '../../../shared/locations/partitions.ts';
import { fileNameOf, shownAddress } from '../../../shared/locations/address.ts';
import { brokenOff, refusalOf } from '../../../shared/locations/http.ts';
import type { OpenFile } from '../../../shared/platform.ts';
import type { ByteSource } from '../byte-source.ts';
import type { Database } from '../database.ts';
import { ReadAhead, readRangeSync, requireSame, type RangedFile } from './ranges.ts';
import { readExactly, request } from './request.ts';

export class RemoteFile implements OpenFile, ByteSource {
  readonly location: string;
  readonly size: number;
  readonly remote = true;
  readonly partitionValues?: readonly (string | null)[];
  readonly #database: Database;
  readonly #file: RangedFile;
  /** The beginning, which came when the file was opened. */
  readonly #head: Uint8Array<ArrayBuffer>;
  #engineName: string | undefined;

  constructor(
    database: Database,
    file: RangedFile,
    head: Uint8Array<ArrayBuffer>,
    partitions: readonly (string | null)[] | undefined,
  ) {
    this.location = shownAddress(file.address);
    this.size = file.size;
    this.#database = database;
    this.#file = file;
    this.#head = head;
    if (partitions) this.partitionValues = partitions;
  }

  get engineName(): string {
    if (this.#engineName === undefined) {
      const ahead = new ReadAhead(this.#file, this.#head);
      const name = engineFolders(this.partitionValues ?? []) + fileNameOf(this.#file.address);
      this.#engineName = this.#database.registerReadable(name, {
        read: (into, { at }) => ahead.read(into, at),
        getSize: () => this.size,
      });
    }
    return this.#engineName;
  }

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const [from, to] = [start, Math.min(end, this.size)];
    if (from >= to) return new Uint8Array(0);
    if (to <= this.#head.byteLength) return this.#head.slice(from, to);
    const { address, stallTimeout } = this.#file;
    const answer = await request(address, { range: `bytes=${from}-${to - 1}`, stallTimeout });
    try {
      requireSame(this.#file, answer.status, (name) => answer.headers.get(name));
      return await readExactly(answer, address, to - from);
    } finally {
      answer.cancel();
    }
  }

  readSync(start: number, end: number): Uint8Array<ArrayBuffer> {
    if (end <= this.#head.byteLength) return this.#head.slice(start, end);
    return readRangeSync(this.#file, start, end);
  }

  async *stream(signal?: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    const { address, size, stallTimeout } = this.#file;
    const answer = await request(address, { signal, stallTimeout });
    let received = 0;
    try {
      const refusal = refusalOf(answer.status, address);
      if (refusal) throw refusal;
      for await (const piece of answer.pieces()) {
        received += piece.byteLength;
        yield piece;
      }
    } catch (thrown) {
      throw thrown instanceof TypeError ? brokenOff(address, received, size, thrown) : thrown;
    } finally {
      answer.cancel();
    }
    if (received !== size) throw brokenOff(address, received, size);
  }

  close(): Promise<void> {
    if (this.#engineName !== undefined) this.#database.drop(this.#engineName);
    this.#engineName = undefined;
    return Promise.resolve();
  }
}
