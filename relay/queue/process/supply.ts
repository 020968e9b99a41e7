// Processes for runs. Some are kept ready, so that a run begins without waiting for Node and DuckDB to start. Each serves
// one run.
import { asSluiceError, type Issue } from '../../../shared/errors.ts';
import type { QueueOptions } from '../options.ts';
import { within } from '../within.ts';
import { ChildProcess } from './child-process.ts';

/** Processes that wait for a run at most; each has some 60 MB of its own. */
const mostReady = 4;

/** Milliseconds in which a killed process is gone, and in which removals may end when the relay does. */
const patienceMs = 2_000;

export class Supply {
  readonly #work: string;
  readonly #options: QueueOptions;
  /** The longest waiting first; some may still be starting. */
  readonly #ready: Promise<ChildProcess>[] = [];
  readonly #wanted: number;
  /** Removals of what processes left. */
  readonly #removing = new Set<Promise<void>>();
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
      if (child) await this.dispose(child);
    }
    return ChildProcess.start(this.#work, this.#options);
  }

  /**
   * Ends a process and removes what it left. Resolves when it is gone; the removal goes on, for a folder may be huge. What
   * is not removed when the relay ends, the next start finds.
   */
  async dispose(child: ChildProcess, about: object = {}): Promise<void> {
    const removing = child.dispose().then(
      (issues) => {
        for (const issue of issues) this.#warn(issue, about);
      },
      (thrown: unknown) => this.#warn(asSluiceError(thrown).issue, about),
    );
    this.#removing.add(removing);
    void removing.then(() => this.#removing.delete(removing));
    await within(patienceMs, child.exited);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      this.#ready.splice(0).map(async (ready) => {
        const child = await ready.catch(() => undefined);
        if (child) await this.dispose(child);
      }),
    );
    await within(patienceMs, Promise.all(this.#removing));
  }

  #warn(issue: Issue, about: object): void {
    this.#options.log.warn({ ...about, issue }, 'something that a process left could not be removed');
  }
}
