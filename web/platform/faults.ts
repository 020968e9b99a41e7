// Errors of ours that must pass through DuckDB, which keeps only a message: the message carries a number, by which the
// error is found again. A statement may also swallow it (TRY) or raise it twice (constant folding, then running).
import type { SluiceError } from '../../shared/errors.ts';

/** Errors that are kept at most; the oldest go first. */
const capacity = 64;

/** Whether DuckDB-WASM has forgotten why a stream of rows broke off, and says only that it did. */
export function hasForgotten(message: string): boolean {
  return message.includes('unsuccessful or closed pending query result');
}

export class Faults {
  readonly #kept = new Map<number, SluiceError>();
  #last = 0;

  /** Keeps an error; answers the message to raise for it. */
  keep(error: SluiceError): string {
    this.#kept.set(++this.#last, error);
    if (this.#kept.size > capacity) this.#kept.delete(this.#last - capacity);
    return `[fault ${this.#last}] ${error.message}`;
  }

  /** The error that this message stands for. */
  take(message: string): SluiceError | undefined {
    const told = /\[fault (\d+)\] /.exec(message);
    const lost = hasForgotten(message) ? [...this.#kept.values()].at(-1) : undefined;
    const found = told ? this.#kept.get(Number(told[1])) : lost;
    if (found) this.clear();
    return found;
  }

  /** A new statement begins: what was swallowed by one before must not be blamed on it. */
  clear(): void {
    this.#kept.clear();
  }
}
