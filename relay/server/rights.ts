// The queue as the holder of one key may use it. Runs of others are unknown to whoever may not read them.
import { failure, type SluiceError } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { decodeFrame } from '../../shared/protocol/relay/frames.ts';
import { hasEnded, type RunState, type RunSubmission, type RunSummary } from '../../shared/protocol/relay/runs.ts';
import type { PlanRequest } from '../../shared/protocol/relay/plans.ts';
import type { PlanAnswer } from '../../shared/protocol/worker.ts';
import type { JournalEntry, RunFilter, RunQueue } from '../queue/queue.ts';
import type { Key, Right } from './keys/key.ts';

export class RunsOfKey {
  readonly #queue: RunQueue;
  readonly #key: Key;

  constructor(queue: RunQueue, key: Key) {
    this.#queue = queue;
    this.#key = key;
  }

  get name(): string {
    return this.#key.submitter.name;
  }

  /** Fails with run.forbidden. */
  demand(right: Right): void {
    if (!this.#key.rights.has(right)) {
      throw failure('run.forbidden', `The key ${this.name} lacks the right to ${meanings[right]}.`);
    }
  }

  /** Fails as RunQueue.submit does, and with run.forbidden. */
  async submit(submission: RunSubmission): Promise<RunSummary> {
    this.demand('run');
    return this.#queue.submit(submission, this.#key.submitter);
  }

  /** Fails as RunQueue.plan does, and with run.forbidden: a plan opens what a run would read. */
  async plan(request: PlanRequest, signal: AbortSignal): Promise<PlanAnswer> {
    this.demand('run');
    return this.#queue.plan(request, this.#key.submitter, signal);
  }

  /** Fails with run.unknown. */
  async get(id: string): Promise<RunSummary> {
    const run = await this.#queue.get(id);
    if (!run || !(this.#sees(run) || this.#key.rights.has('cancel'))) throw unknownRun(id);
    return run;
  }

  /** Runs of others are listed for who may read them; the newest first. */
  list(filter: RunFilter): Promise<readonly RunSummary[]> {
    return this.#queue.list(this.#key.rights.has('read') ? filter : { ...filter, submittedBy: this.name });
  }

  /** Answers whether there was something to cancel. Fails with run.unknown and run.forbidden. */
  async cancel(id: string): Promise<boolean> {
    const run = await this.get(id);
    if (run.submittedBy !== this.name) this.demand('cancel');
    return this.#queue.cancel(id);
  }

  /** How a run ended, or its state when `signal` is aborted first. For whoever may cancel it. */
  async outcome(id: string, signal: AbortSignal): Promise<RunState> {
    const run = await this.get(id);
    if (hasEnded(run)) return run.state;
    for await (const { frame, terminal } of this.#queue.events(id, run.lastSequence, signal)) {
      // the event may be there before the state is
      if (terminal) return outcomes[(decodeFrame(frame) as { event: RunEvent }).event.type] ?? 'failed';
    }
    return (await this.get(id)).state;
  }

  /** Fails with run.unknown. */
  async *events(id: string, after: number, signal: AbortSignal): AsyncGenerator<JournalEntry, void, undefined> {
    const run = await this.#queue.get(id);
    if (!run || !this.#sees(run)) throw unknownRun(id);
    yield* this.#queue.events(id, after, signal);
  }

  /** Fails with run.unknown for a run whose events are not to be seen. */
  async watched(id: string): Promise<RunSummary> {
    const run = await this.#queue.get(id);
    if (!run || !this.#sees(run)) throw unknownRun(id);
    return run;
  }

  onPosition(id: string, listener: (position: number) => void): () => void {
    return this.#queue.onPosition(id, listener);
  }

  get counts(): RunQueue['counts'] {
    return this.#queue.counts;
  }

  #sees(run: RunSummary): boolean {
    return run.submittedBy === this.name || this.#key.rights.has('read');
  }
}

const outcomes: Partial<Record<RunEvent['type'], RunState>> = {
  run_completed: 'succeeded',
  run_failed: 'failed',
  run_cancelled: 'cancelled',
};

const meanings: Readonly<Record<Right, string>> = {
  run: 'submit runs',
  read: 'read the runs of others',
  cancel: 'cancel the runs of others',
  metrics: 'read metrics',
};

function unknownRun(id: string): SluiceError {
  return failure('run.unknown', `The relay knows no run ${id}.`, {
    hint: 'It may have been removed with age, or belong to another key.',
  });
}
