// Bytes that may be held on the disk at a time, shared by all who hold some.
import { failure } from '../../shared/errors.ts';

export class ByteBudget {
  readonly #most: number;
  #held = 0;

  /** No limit when absent. */
  constructor(most = Infinity) {
    this.#most = most;
  }

  /** To be asked before they are written. Fails with run.limit, and takes none then. */
  take(bytes: number, name: string): void {
    if (this.#held + bytes > this.#most) {
      throw failure(
        'run.limit',
        `Loading ${name} takes more than the ${this.#most} bytes that a run may hold on the disk.`,
        {
          hint: 'Put the file into a data folder and give its path, or raise --max-temp-size.',
        },
      );
    }
    this.#held += bytes;
  }

  give(bytes: number): void {
    this.#held -= bytes;
  }
}
