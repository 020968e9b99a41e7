// Makes plans beside the runs, a few at once, each in a process of its own.
import { cancelled, failure, SluiceError } from '../../shared/errors.ts';
import type { PlanAnswer } from '../../shared/protocol/worker.ts';
import type { QueueOptions } from './options.ts';
import type { ChildProcess } from './process/child-process.ts';
import { deathOf } from './process/death.ts';
import type { Supply } from './process/supply.ts';
import { watch } from './process/watch.ts';
import { watching } from './process/watching.ts';
import type { RunRequest } from './request.ts';

/** Plans that are made at once. */
export const mostPlans = 4;
/** Milliseconds that a plan may take: somebody waits for it. */
const patienceMs = 60_000;

export class Planner {
  readonly #options: QueueOptions;
  readonly #supply: Supply;
  readonly #underWay = new Set<Promise<PlanAnswer>>();
  readonly #closing = new AbortController();

  constructor(options: QueueOptions, supply: Supply) {
    this.#options = options;
    this.#supply = supply;
  }

  /** Fails as RunQueue.plan does. */
  async plan(request: RunRequest, signal: AbortSignal): Promise<PlanAnswer> {
    if (this.#underWay.size >= mostPlans) {
      const message = `The relay is making ${mostPlans} plans already.`;
      throw failure('queue.full', message, { hint: 'Ask again in a moment.' });
    }
    const work = this.#make(request, AbortSignal.any([signal, this.#closing.signal]));
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** Ends those that are being made. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #make(request: RunRequest, signal: AbortSignal): Promise<PlanAnswer> {
    const child = await this.#supply.take();
    try {
      return await this.#ask(child, request, signal);
    } finally {
      this.#supply.prepare();
      await this.#supply.dispose(child);
    }
  }

  #ask(child: ChildProcess, request: RunRequest, signal: AbortSignal): Promise<PlanAnswer> {
    const { timeLimitMs = Infinity } = this.#options;
    const most = Math.min(patienceMs, timeLimitMs);
    let settle = (): void => undefined;
    const answer = new Promise<PlanAnswer>((resolve, reject) => {
      const watched = watch({ ...watching(child, this.#options), onTrouble: reject });
      const late = failure('run.limit', `The plan took longer than the ${most / 1000} s that it may.`);
      const timer = setTimeout(() => reject(late), most);
      const leave = (): void => reject(cancelled());
      child.onMessage((message) => {
        watched.alive();
        if (message.type === 'planned') resolve(message.answer);
        if (message.type === 'failed') reject(new SluiceError(message.issue));
      });
      void child.exited.then((exit) => reject(deathOf(exit)));
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
      settle = () => {
        signal.removeEventListener('abort', leave);
        clearTimeout(timer);
        watched.stop();
      };
      child.send({ type: 'plan', request });
    });
    return answer.finally(settle);
  }
}
