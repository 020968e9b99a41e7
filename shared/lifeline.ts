// Ties promises to something that can die: an engine, a Worker, a process. When it dies, all of them reject.
import type { SluiceError } from './errors.ts';

export class Lifeline {
  /** Settles, never rejects, with the reason once the end has come. */
  readonly ended: Promise<SluiceError>;
  readonly #waiting = new Set<(error: SluiceError) => void>();
  #announce: (error: SluiceError) => void = () => undefined;
  #error: SluiceError | undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#announce = resolve;
    });
  }

  /** The reason of the end, once it has come. */
  get error(): SluiceError | undefined {
    return this.#error;
  }

  /** Ends it; the first reason stays. */
  end(error: SluiceError): void {
    if (this.#error) return;
    this.#error = error;
    this.#announce(error);
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }

  /** The work's outcome, or the reason of the end if that comes first. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#error) {
        work.catch(() => undefined); // its outcome no longer matters: the end is what is told
        reject(this.#error);
        return;
      }
      this.#waiting.add(reject);
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }
}
