// Takes runs from waiting to ended, each in a process of its own, and writes down every step before the next one.
import { asSluiceError, type Issue } from '../../shared/errors.ts';
import type { RunState } from '../../shared/protocol/relay/runs.ts';
import { entryOf } from './journal/repair.ts';
import type { LiveRun } from './live-run.ts';
import type { QueueOptions } from './options.ts';
import { endedBy } from './outcome.ts';
import { persist } from './persist.ts';
import type { ChildProcess } from './process/child-process.ts';
import { RunProcess, type Finish } from './process/run-process.ts';
import type { Supply } from './process/supply.ts';
import type { Registry } from './registry/registry.ts';
import { readRequest, removeRequest } from './request.ts';
import type { StateDirectory } from './state-directory.ts';

export class Runner {
  readonly #options: QueueOptions;
  readonly #directory: StateDirectory;
  readonly #registry: Registry;
  readonly #supply: Supply;
  /** Aborted when the relay stops at once: a disk that refuses is no longer waited for. */
  readonly #giveUp = new AbortController();

  constructor(options: QueueOptions, directory: StateDirectory, registry: Registry, supply: Supply) {
    this.#options = options;
    this.#directory = directory;
    this.#registry = registry;
    this.#supply = supply;
  }

  /** Resolves when its process is gone; `onEnded` is called when its end is recorded. Rejects when recording was given up. */
  async run(live: LiveRun, onEnded: () => void): Promise<void> {
    const started = Date.now();
    await this.#record(live, 'running', { startedAt: started });
    let child: ChildProcess | undefined;
    try {
      const finish = await this.#begin(live, (taken) => {
        child = taken;
      });
      await this.#end(live, finish);
      onEnded();
    } finally {
      for (const issue of (await child?.dispose()) ?? []) {
        this.#options.log.warn({ run: live.id, issue }, 'something that a run left could not be removed');
      }
      this.#supply.prepare();
    }
  }

  /** Ends a run that waits. */
  async cancelWaiting(live: LiveRun): Promise<void> {
    await this.#end(live, await this.#endWithout(live));
  }

  /** Nothing is waited for any more. */
  giveUp(): void {
    this.#giveUp.abort();
  }

  async #begin(live: LiveRun, onChild: (child: ChildProcess) => void): Promise<Finish> {
    const { id, journal } = live;
    try {
      const request = await readRequest(id, this.#directory);
      if (live.cancelled) return await this.#endWithout(live);
      const child = await this.#supply.take();
      onChild(child);
      live.process = new RunProcess({
        ...{ id, request, journal, child, options: this.#options, giveUp: this.#giveUp.signal },
        onParameters: (parameters) => {
          live.record = { ...live.record, parameters };
        },
      });
      if (wasCancelled(live)) live.process.cancel();
      if (this.#giveUp.signal.aborted) live.process.interrupt();
    } catch (thrown) {
      return this.#endWithout(live, asSluiceError(thrown, 'engine.failed', 'The run could not be started.').issue);
    }
    // the others are started when a run has ended, so that this one has the machine to itself
    this.#supply.prepare(1);
    return live.process.finished;
  }

  /** Ends a run that has no process. */
  #endWithout({ journal, id }: LiveRun, issue?: Issue): Promise<Finish> {
    const sequence = journal.lastSequence + 1;
    const event = issue
      ? ({ type: 'run_failed', issue, durationMs: 0, sequence } as const)
      : ({ type: 'run_cancelled', durationMs: 0, sequence } as const);
    return this.#persist(async () => {
      if (!journal.ended) await journal.append([entryOf(id, event, true)]);
      await journal.sync();
      return endedBy(event) ?? { state: 'failed' };
    });
  }

  async #end(live: LiveRun, { state, error, rows }: Finish): Promise<void> {
    const { lastSequence } = live.journal;
    const { parameters } = live.record;
    // Its journal tells the end, so nobody needs the request; once the end is recorded, no start would look for it.
    await removeRequest(live.id, this.#directory);
    await this.#record(live, state, { endedAt: Date.now(), error, rows, parameters, lastSequence });
    await live.journal.close();
    this.#options.log.info({ run: live.id, state, code: error?.code }, 'run ended');
  }

  async #record(live: LiveRun, to: RunState, change: Partial<LiveRun['record']>): Promise<void> {
    const { id, record } = live;
    const moved = await this.#persist(() => this.#registry.transition(id, record.state, to, change));
    // a transaction may have been made although the word of it was lost
    const found = moved ? undefined : await this.#registry.get(id);
    if (!moved && found?.state !== to)
      throw new Error(`The run ${id} is ${found?.state ?? 'gone'}, not ${record.state}.`);
    live.record = { ...live.record, ...change, state: to };
  }

  #persist<T>(task: () => Promise<T>): Promise<T> {
    return persist(task, { giveUp: this.#giveUp.signal, log: this.#options.log });
  }
}

/** It may have been while something else was waited for, which TypeScript does not expect of a property. */
function wasCancelled({ cancelled }: LiveRun): boolean {
  return cancelled;
}
