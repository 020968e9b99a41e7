// One run in its process: its events go into the journal, its limits are kept, and it ends with exactly one terminal
// event, of its own or one that is made here in its stead.
import { asSluiceError, failure, SluiceError } from '../../../shared/errors.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import type { ChildEvent, Ended, FromChild } from '../child/messages.ts';
import type { Journal } from '../journal/journal.ts';
import { entryOf } from '../journal/repair.ts';
import { defaultRecordingMs, type QueueOptions } from '../options.ts';
import { endedBy, interruptedEvent } from '../outcome.ts';
import { persist } from '../persist.ts';
import type { RunRequest } from '../request.ts';
import { within } from '../within.ts';
import type { ChildProcess, Exit } from './child-process.ts';
import { deathOf } from './death.ts';
import { endedEvents } from './received.ts';
import { watch } from './watch.ts';
import { watching } from './watching.ts';

/** Milliseconds that a run has to end by itself when it is cancelled. */
const cancelPatienceMs = 400;

/** Milliseconds in which what it left may be removed before its end is told. */
const tidyPatienceMs = 80;

export interface Finish extends Ended {
  readonly rows?: number | undefined;
}

interface Running {
  readonly id: string;
  readonly request: RunRequest;
  readonly journal: Journal;
  readonly child: ChildProcess;
  readonly options: QueueOptions;
  readonly onParameters: (parameters: Readonly<Record<string, string>>) => void;
  /** Ends attempts to write to a disk that refuses. */
  readonly giveUp: AbortSignal;
}

type Stop = SluiceError | 'cancelled' | 'interrupted';

export class RunProcess {
  /** Settles when the terminal event is in the journal, durably. Rejects when it could not be written. */
  readonly finished: Promise<Finish>;
  readonly #run: Running;
  readonly #started = performance.now();
  readonly #watch: ReturnType<typeof watch>;
  readonly #timers: NodeJS.Timeout[] = [];
  #taking: Promise<void> = Promise.resolve();
  #stopped: Stop | undefined;
  #damaged = false;
  #rows: number | undefined;
  #ended: Ended | undefined;
  #announce: () => void = () => undefined;

  constructor(run: Running) {
    this.#run = run;
    const { child, options, id, request } = run;
    this.#watch = watch({ ...watching(child, options, { run: id }), onTrouble: (error) => this.#stop(error) });
    const { timeLimitMs } = options;
    if (timeLimitMs !== undefined) {
      const text = `The run took longer than the ${timeLimitMs / 1000} s that it may.`;
      this.#timers.push(setTimeout(() => this.#stop(failure('run.limit', text)), timeLimitMs));
    }
    child.onMessage((message) => this.#hear(message));
    child.send({ type: 'run', id, request });
    const told = new Promise<undefined>((resolve) => {
      this.#announce = () => resolve(undefined);
    });
    this.finished = this.#finish(told);
  }

  /** Ends within half a second. */
  cancel(): void {
    this.#run.child.send({ type: 'cancel' });
    this.#timers.push(setTimeout(() => this.#stop('cancelled'), cancelPatienceMs));
  }

  /** Ends at once, as interrupted. */
  interrupt(): void {
    this.#stop('interrupted');
  }

  #hear(message: FromChild): void {
    this.#watch.alive();
    if (message.type === 'parameters') this.#run.onParameters(message.parameters);
    if (message.type === 'failed') this.#stop(new SluiceError(message.issue));
    if (message.type === 'events') this.#taking = this.#taking.then(() => this.#take(message.events));
  }

  async #take(told: readonly ChildEvent[]): Promise<void> {
    if (this.#damaged) return;
    const { id, journal, child } = this.#run;
    let events: readonly ChildEvent[];
    try {
      events = endedEvents(id, told);
      await journal.append(events.map(({ entry }) => entry));
    } catch (thrown) {
      // what follows it cannot be told any more
      this.#damaged = true;
      this.#stop(asSluiceError(thrown, 'file.failed', 'The events of the run could not be recorded.'));
      return;
    }
    for (const { rows, ended } of events) {
      this.#rows = rows ?? this.#rows;
      this.#ended = ended ?? this.#ended;
    }
    child.send({ type: 'journaled', sequence: journal.lastSequence });
    if (this.#ended) this.#announce();
  }

  #stop(reason: Stop): void {
    this.#stopped ??= reason;
    this.#run.child.kill();
  }

  async #finish(told: Promise<undefined>): Promise<Finish> {
    const { child, journal, giveUp, options } = this.#run;
    const exit = await Promise.race([told, child.exited]);
    await this.#taking;
    this.#watch.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    // What it left is not to be seen any more when its end is told, unless it is so much that the end would be late.
    if (!this.#ended && exit) await within(tidyPatienceMs, child.dispose());
    await persist(
      async () => {
        if (!this.#ended) await this.#tellEnd(exit);
        await journal.sync();
      },
      { giveUp, log: options.log, patienceMs: options.recordingMs ?? defaultRecordingMs },
    );
    return { ...(this.#ended ?? { state: 'failed' }), rows: this.#rows };
  }

  async #tellEnd(exit: Exit | undefined): Promise<void> {
    const { id, journal } = this.#run;
    const sequence = journal.lastSequence + 1;
    const event = this.#lastEvent(sequence, exit);
    await journal.append([entryOf(id, event, true)]);
    this.#ended = endedBy(event);
  }

  #lastEvent(sequence: number, exit: Exit | undefined): RunEvent {
    const durationMs = Math.round(performance.now() - this.#started);
    if (this.#stopped === 'cancelled') return { type: 'run_cancelled', durationMs, sequence };
    if (this.#stopped === 'interrupted') return interruptedEvent(sequence, durationMs);
    return {
      type: 'run_failed',
      issue: (this.#stopped ?? deathOf(exit ?? { code: null, signal: null })).issue,
      durationMs,
      sequence,
    };
  }
}
