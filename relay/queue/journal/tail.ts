// The newest events of a journal, kept beside the file: those who follow a run all want the same ones at the same time,
// and would each read them from the disk.
import type { JournalEntry } from '../queue.ts';

export interface TailRecord {
  readonly entry: JournalEntry;
  /** Where the next record begins. */
  readonly end: number;
}

/** Bytes of records that are kept of a run. */
const defaultLimit = 1024 * 1024;

export class Tail {
  readonly #limit: number;
  /** By where they begin in the file; the oldest first. */
  readonly #records = new Map<number, TailRecord>();
  #bytes = 0;

  constructor(limit = defaultLimit) {
    this.#limit = limit;
  }

  add(offset: number, record: TailRecord): void {
    this.#records.set(offset, record);
    this.#bytes += record.end - offset;
    for (const [oldest, { end }] of this.#records) {
      if (this.#bytes <= this.#limit) return;
      this.#records.delete(oldest);
      this.#bytes -= end - oldest;
    }
  }

  /** The record that begins there, if it is among the newest. */
  at(offset: number): TailRecord | undefined {
    return this.#records.get(offset);
  }

  clear(): void {
    this.#records.clear();
    this.#bytes = 0;
  }
}
