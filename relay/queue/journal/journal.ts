// A run's journal while the run lives: events are appended here, and those who follow the run are told. What was appended
// survives the death of this process; only `sync` makes it survive that of the machine.
import { open, type FileHandle } from 'node:fs/promises';
import { failure } from '../../../shared/errors.ts';
import type { JournalEntry } from '../queue.ts';
import { encodeRecord } from './record.ts';
import { Tail, type TailRecord } from './tail.ts';

export class Journal {
  readonly #path: string;
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  readonly #tail = new Tail();
  #file: FileHandle | undefined;
  #length = 0;
  #lastSequence = -1;
  #ended = false;
  #damaged = false;
  #unwritten: JournalEntry | undefined;

  /** `limit`: bytes that the journal may have, but for its last event. The file is made with the first event. */
  constructor(path: string, limit: number) {
    this.#path = path;
    this.#limit = limit;
  }

  /** Bytes that can be read. */
  get length(): number {
    return this.#length;
  }

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** The record that begins there, where it need not be read from the file. */
  recent(offset: number): TailRecord | undefined {
    return this.#tail.at(offset);
  }

  /** Whether nothing more will be appended. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Appends events that follow the last one. Not to be called while another call goes on. Fails with run.limit beyond the
   * limit, protocol.invalid for events out of order, and with what the disk says; nothing is appended then.
   */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    const parts: Uint8Array[] = [];
    const records: [offset: number, record: TailRecord][] = [];
    let [length, sequence] = [this.#length, this.#lastSequence];
    for (const entry of entries) {
      if (this.#ended || entry.sequence !== ++sequence) {
        throw failure('protocol.invalid', `Event ${entry.sequence} of a run does not follow the one before it.`);
      }
      const record = encodeRecord(entry);
      parts.push(...record);
      const end = length + record[0].byteLength + record[1].byteLength;
      records.push([length, { entry, end }]);
      length = end;
      if (length > this.#limit && !entry.terminal) {
        throw failure(
          'run.limit',
          `The events of the run take more than the ${this.#limit} bytes that they may have.`,
          {
            hint: 'Show fewer rows; a destination holds more.',
          },
        );
      }
    }
    await this.#write(parts);
    for (const [offset, record] of records) this.#tail.add(offset, record);
    this.#length = length;
    this.#lastSequence = sequence;
    this.#ended = entries.some(({ terminal }) => terminal);
    this.#tell();
  }

  async #write(parts: readonly Uint8Array[]): Promise<void> {
    this.#file ??= await open(this.#path, 'a', 0o600);
    // what a failed write has left of a record must not stand before the next one
    if (this.#damaged) await this.#file.truncate(this.#length);
    this.#damaged = true;
    const bytes = Buffer.concat(parts);
    let written = 0;
    while (written < bytes.byteLength) {
      written += (await this.#file.write(bytes, written, bytes.byteLength - written)).bytesWritten;
    }
    this.#damaged = false;
  }

  /** Makes what was appended last. */
  async sync(): Promise<void> {
    await this.#file?.datasync();
  }

  /** Resolves when there is more than `length` bytes, nothing more will come, or `signal` is aborted. */
  grown(length: number, signal: AbortSignal): Promise<void> {
    if (this.#length > length || this.#ended || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  /** The last event of a run whose disk takes nothing more: those who read now get it, and no later start. */
  async endUnwritten(entry: JournalEntry): Promise<void> {
    if (!this.#ended) this.#unwritten = entry;
    await this.close();
  }

  /** What stands in no file, for those who have read all that does. */
  get unwritten(): JournalEntry | undefined {
    return this.#unwritten;
  }

  /** Nothing more will be appended. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#tell();
    this.#tail.clear();
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  #tell(): void {
    for (const done of [...this.#waiting]) done();
  }
}
