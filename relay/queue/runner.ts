// Takes runs from waiting to ended, each in a process of its own, and writes down every step before the next one.
import { asSluiceError, boundIssue, failure, type Issue } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { RunState } from '../../shared/protocol/relay/runs.ts';
import { explainDisk } from '../platform/disk-errors.ts';
import { entryOf } from './journal/repair.ts';
import type { LiveRun } from './live-run.ts';
import { defaultRecordingMs, type QueueOptions } from './options.ts';
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

  /**
   * Resolves when its process is gone; `onEnded` is called when its end is recorded, or cannot be. Rejects when the relay
   * stops before the end is recorded.
   */
  async run(live: LiveRun, onEnded: () => void): Promise<void> {
    let child: ChildProcess | undefined;
    try {
      await this.#ending(live, async () => {
        await this.#record(live, 'running', { startedAt: Date.now() });
        return this.#begin(live, (taken) => {
          child = taken;
        });
      });
      onEnded();
    } finally {
      if (child) await this.#supply.dispose(child, { run: live.id });
      this.#supply.prepare();
    }
  }

  /** Ends a run that waits. Rejects as `run` does. */
  async cancelWaiting(live: LiveRun): Promise<void> {
    await this.#ending(live, () => this.#endWithout(live));
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
      const { issue } = asSluiceError(thrown, 'engine.failed', 'The run could not be started.');
      return this.#endWithout(live, boundIssue(issue));
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

  /** Records how a run ends. Where that cannot be, it ends here all the same, and the next start settles its record. */
  async #ending(live: LiveRun, work: () => Promise<Finish>): Promise<void> {
    let finish: Finish | undefined;
    try {
      finish = await work();
      await this.#end(live, finish);
    } catch (thrown) {
      if (this.#giveUp.signal.aborted) throw thrown;
      const { issue } = explainDisk(thrown, 'Recording the run');
      this.#options.log.error({ run: live.id, issue }, 'a run could not be recorded, and is ended');
      const ended = finish ?? { state: 'failed', error: boundIssue(issue) };
      const { journal, id } = live;
      const last = lastEvent(ended, journal.lastSequence + 1);
      live.unrecorded = true;
      live.record = { ...live.record, ...ended, endedAt: Date.now(), lastSequence: last.sequence };
      await journal.endUnwritten(entryOf(id, last, true));
      // whoever was told that it has ended must not see it start again
      await removeRequest(id, this.#directory).catch((reason: unknown) => {
        const { issue: left } = explainDisk(reason, 'Removing the request of the run');
        this.#options.log.error({ run: id, issue: left }, 'a run that has ended may start again');
      });
    }
  }

  async #end(live: LiveRun, { state, error, rows }: Finish): Promise<void> {
    const { lastSequence } = live.journal;
    const { parameters } = live.record;
    // Its journal tells the end, so nobody needs the request; once the end is recorded, no start would look for it.
    await this.#persist(() => removeRequest(live.id, this.#directory));
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
      throw failure('internal', `The run ${id} is ${found?.state ?? 'gone'}, not ${record.state}.`);
    live.record = { ...live.record, ...change, state: to };
  }

  #persist<T>(task: () => Promise<T>): Promise<T> {
    const { log, recordingMs = defaultRecordingMs } = this.#options;
    return persist(task, { giveUp: this.#giveUp.signal, log, patienceMs: recordingMs });
  }
}

/** It may have been while something else was waited for, which TypeScript does not expect of a property. */
function wasCancelled({ cancelled }: LiveRun): boolean {
  return cancelled;
}

/** The event that tells how a run ended whose own could not be written. */
function lastEvent({ state, error }: Finish, sequence: number): RunEvent {
  if (state === 'succeeded') return { type: 'run_completed', durationMs: 0, sequence };
  if (state === 'cancelled' || !error) return { type: 'run_cancelled', durationMs: 0, sequence };
  return { type: 'run_failed', issue: error, durationMs: 0, sequence };
}
