// Processes for runs. One may be kept ready, so that a run begins without waiting for Node and DuckDB to start.
import type { QueueOptions } from '../options.ts';
import { ChildProcess } from './child-process.ts';

export class Supply {
  readonly #work: string;
  readonly #options: QueueOptions;
  #ready: Promise<ChildProcess> | undefined;
  #closed = false;

  constructor(work: string, options: QueueOptions) {
    this.#work = work;
    this.#options = options;
  }

  /** Starts the one that is kept ready, unless there is one. */
  prepare(): void {
    if (this.#closed || this.#ready || !(this.#options.keepReady ?? true)) return;
    const ready = ChildProcess.start(this.#work, this.#options);
    this.#ready = ready;
    // who takes it is told why there is none
    ready.catch(() => undefined);
  }

  /** A process that is the caller's to dispose of. */
  async take(): Promise<ChildProcess> {
    const ready = this.#ready;
    this.#ready = undefined;
    const child = await ready?.catch(() => undefined);
    if (child && !child.gone) return child;
    await child?.dispose();
    return ChildProcess.start(this.#work, this.#options);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = await this.#ready?.catch(() => undefined);
    await child?.dispose();
  }
}
