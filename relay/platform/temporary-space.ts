// The space on the disk that a run may take for the time being: its downloads and what DuckDB spills have it together.
// What a file takes is first taken from what DuckDB may spill, and DuckDB refuses in the same step when it has spilled
// more already (measured on v1.5.6). So the sum is never over the limit, not even in between.

import { failure, type SluiceError } from '../../shared/errors.ts';

/** Sets the bytes that DuckDB may spill; false, and nothing is changed, where it has spilled more. */
export type LimitSpill = (bytes: number) => Promise<boolean>;

/** What one file takes of it. */
export interface Share {
  /** Whether the file may have so many bytes in all; they count from then on, and some more where there is space. */
  grow(bytes: number, ahead?: number): Promise<boolean>;
  /** Gives back what is more than so many bytes. */
  shrink(bytes: number): Promise<void>;
}

export class TemporarySpace {
  /** Of everything together. */
  readonly bytes: number;
  readonly #limitSpill: LimitSpill;
  #taken = 0;
  #changed: Promise<unknown> = Promise.resolve();

  /** Without a limit when `bytes` is absent. */
  constructor(bytes = Infinity, limitSpill: LimitSpill = () => Promise.resolve(true)) {
    this.bytes = bytes;
    this.#limitSpill = limitSpill;
  }

  /** The share of a file that has no bytes yet. Its calls are made one after the other. */
  open(): Share {
    let own = 0;
    const set = async (bytes: number): Promise<boolean> => {
      const changed = await this.#change(bytes - own);
      if (changed) own = bytes;
      return changed;
    };
    return {
      grow: async (bytes, ahead = 0) => bytes <= own || (await set(bytes + ahead)) || (ahead > 0 && (await set(bytes))),
      shrink: async (bytes) => {
        if (bytes < own) await set(bytes);
      },
    };
  }

  /** One change after the other, for each builds on the one before. */
  #change(by: number): Promise<boolean> {
    if (this.bytes === Infinity) return Promise.resolve(true);
    const changed = this.#changed.then(async () => {
      const taken = this.#taken + by;
      if (taken > this.bytes || !(await this.#limitSpill(this.bytes - taken))) return false;
      this.#taken = taken;
      return true;
    });
    this.#changed = changed.catch(() => undefined); // told to who asked
    return changed;
  }
}

/** That a file is too much for it. */
export function noSpace(name: string, most: number): SluiceError {
  const message = `With ${name}, the run would hold more on the disk for the time being than the ${most} bytes that it may.`;
  return failure('run.limit', message, {
    hint: 'Downloads and what DuckDB spills have this space together. Put the file into a data folder and give its path, or sort and join less at once.',
  });
}
