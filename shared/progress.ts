// Tells how far a statement is: rising shares of 1, at most ten a second.

const interval = 100; // ms

export class Progress {
  readonly #onProgress: (fraction: number) => void;
  readonly #measure: () => number;
  #told = 0;
  #last = performance.now();

  /** `measure` answers the share done in percent, or less than 0 where it is not known. */
  constructor(measure: () => number, onProgress: (fraction: number) => void) {
    this.#measure = measure;
    this.#onProgress = onProgress;
  }

  /** Looks how far the statement is, if the last look is long enough ago. */
  look(): void {
    if (performance.now() - this.#last < interval) return;
    this.#last = performance.now();
    const fraction = Math.min(this.#measure() / 100, 1);
    if (fraction <= this.#told) return;
    this.#told = fraction;
    this.#onProgress(fraction);
  }
}
