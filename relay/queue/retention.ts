// Forgets old runs: after each end, and from time to time.
import { rm } from 'node:fs/promises';
import { asSluiceError } from '../../shared/errors.ts';
import type { QueueOptions } from './options.ts';
import type { Registry } from './registry/registry.ts';
import type { StateDirectory } from './state-directory.ts';

const everyMs = 10 * 60_000;

export class Retention {
  readonly #options: QueueOptions;
  readonly #directory: StateDirectory;
  readonly #registry: Registry;
  readonly #timer: NodeJS.Timeout;
  #working: Promise<void> | undefined;
  #again = false;

  constructor(options: QueueOptions, directory: StateDirectory, registry: Registry) {
    this.#options = options;
    this.#directory = directory;
    this.#registry = registry;
    this.#timer = setInterval(() => this.keep(), everyMs).unref();
    this.keep();
  }

  /** Returns at once; what it does is done once for several calls. */
  keep(): void {
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#working = this.#expire()
      .catch((thrown: unknown) => {
        this.#options.log.error({ issue: asSluiceError(thrown).issue }, 'old runs cannot be forgotten');
      })
      .finally(() => {
        this.#working = undefined;
        if (this.#again) this.keep();
      });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#again = false;
    await this.#working;
  }

  async #expire(): Promise<void> {
    const { maxAgeMs, maxRuns } = this.#options.retention;
    // who reads a journal that is removed reads it to its end
    for (const id of await this.#registry.expire(Date.now() - maxAgeMs, maxRuns)) {
      await rm(this.#directory.journal(id), { force: true });
    }
  }
}
