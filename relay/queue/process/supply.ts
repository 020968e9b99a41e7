// Processes for runs. Some are kept ready, so that a run begins without waiting for Node and DuckDB to start. Each serves
// one run.
import type { QueueOptions } from '../options.ts';
import { ChildProcess } from './child-process.ts';

/** Processes that wait for a run at most; each has some 60 MB of its own. */
const mostReady = 4;

export class Supply {
  readonly #work: string;
  readonly #options: QueueOptions;
  /** The longest waiting first; some may still be starting. */
  readonly #ready: Promise<ChildProcess>[] = [];
  readonly #wanted: number;
  #closed = false;

  constructor(work: string, options: QueueOptions) {
    this.#work = work;
    this.#options = options;
    const { keepReady = true, maxConcurrentRuns } = options;
    // one more than may run at once: the next run need not wait, and no start takes time from a run
    this.#wanted = keepReady ? Math.min(maxConcurrentRuns + 1, mostReady) : 0;
  }

  /** Starts what is missing of so many that are to be ready; of all when absent. */
  prepare(count = this.#wanted): void {
    while (!this.#closed && this.#ready.length < Math.min(count, this.#wanted)) {
      const ready = ChildProcess.start(this.#work, this.#options);
      this.#ready.push(ready);
      // who takes it is told why there is none
      ready.catch(() => undefined);
    }
  }

  /** A process that is the caller's to dispose of. */
  async take(): Promise<ChildProcess> {
    for (let ready = this.#ready.shift(); ready; ready = this.#ready.shift()) {
      const child = await ready.catch(() => undefined);
      if (child && !child.gone) return child;
      await child?.dispose();
    }
    return ChildProcess.start(this.#work, this.#options);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      this.#ready.splice(0).map(async (ready) => {
        const child = await ready.catch(() => undefined);
        await child?.dispose();
      }),
    );
  }
}
