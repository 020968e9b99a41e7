// The port of relay/queue in memory, for tests of the server: it really runs pipelines, in the test's own process.
import { randomUUID } from 'node:crypto';
import { asSluiceError, failure } from '../../shared/errors.ts';
import { load, loadSubstituted, type Loaded } from '../../shared/pipeline/load.ts';
import type { Platform } from '../../shared/platform.ts';
import { isTerminal, type RunEvent } from '../../shared/protocol/events.ts';
import { encodeFrame } from '../../shared/protocol/relay/frames.ts';
import type { PlanRequest } from '../../shared/protocol/relay/plans.ts';
import { hasEnded, type RunSubmission, type RunSummary } from '../../shared/protocol/relay/runs.ts';
import type { PlanAnswer } from '../../shared/protocol/worker.ts';
import { planPipeline } from '../../shared/run/plan.ts';
import { runPipeline } from '../../shared/run/run.ts';
import type { JournalEntry, RunFilter, RunQueue, RunTimes, Submitter } from '../../relay/queue/queue.ts';

/** What happens in a run; the last event that it emits is terminal. */
export type Runner = (submission: RunSubmission, emit: (event: RunEvent) => void, signal: AbortSignal) => Promise<void>;

export type Planner = (request: PlanRequest) => Promise<PlanAnswer>;

interface Entry {
  summary: RunSummary;
  readonly submission: RunSubmission;
  readonly journal: JournalEntry[];
  readonly stop: AbortController;
  readonly listeners: Set<(position: number) => void>;
  readonly accepted: number;
  started?: number;
}

export interface InProcessOptions {
  readonly run: Runner;
  readonly plan?: Planner;
  readonly maxConcurrentRuns?: number;
  readonly maxQueuedRuns?: number;
}

/** Plans on a platform of its own. */
export function pipelinePlanner(openPlatform: () => Promise<Platform>): Planner {
  return async (request) => {
    const platform = await openPlatform();
    try {
      return await planPipeline(loadedOf(request), platform);
    } finally {
      await platform.close();
    }
  };
}

/** Runs a submission on a platform of its own. */
export function pipelineRunner(openPlatform: () => Promise<Platform>): Runner {
  return async (submission, emit, signal) => {
    const platform = await openPlatform();
    try {
      await runPipeline(loadedOf(submission), platform, { emit, signal });
    } finally {
      await platform.close();
    }
  };
}

function loadedOf({ document, parameters, substituted, syntax }: PlanRequest): Loaded {
  return substituted ? loadSubstituted(document) : load(document, parameters, syntax);
}

export class InProcessQueue implements RunQueue {
  readonly #options: Required<InProcessOptions>;
  readonly #runs = new Map<string, Entry>();
  readonly #changes = new EventTarget();
  readonly #endListeners = new Set<(run: RunSummary, times: RunTimes) => void>();
  #closing = false;

  constructor(options: InProcessOptions) {
    const plan: Planner = () => Promise.reject(failure('internal', 'This test makes no plans.'));
    this.#options = { maxConcurrentRuns: 1, maxQueuedRuns: 100, plan, ...options };
  }

  get counts() {
    const count = (state: string): number => this.#inState(state).length;
    return { waiting: count('waiting'), running: count('running') };
  }

  submit(submission: RunSubmission, by: Submitter): Promise<RunSummary> {
    const known = submission.id === undefined ? undefined : this.#runs.get(submission.id);
    if (known) {
      if (known.summary.submittedBy === by.name) return Promise.resolve(this.#told(known));
      return Promise.reject(failure('run.forbidden', 'Somebody else has chosen this id.'));
    }
    if (this.#closing) return Promise.reject(failure('queue.closing', 'The relay is shutting down.'));
    if (this.counts.waiting >= this.#options.maxQueuedRuns && this.#isBusy()) {
      return Promise.reject(failure('queue.full', 'No more runs are accepted until some have ended.'));
    }
    const summary: RunSummary = {
      ...{ id: submission.id ?? randomUUID(), state: 'waiting', submittedBy: by.name, lastSequence: -1 },
      ...{ parameters: submission.parameters, acceptedAt: new Date().toISOString() },
    };
    const entry: Entry = {
      ...{ summary, submission, journal: [], stop: new AbortController(), listeners: new Set() },
      accepted: performance.now(),
    };
    this.#runs.set(summary.id, entry);
    const told = this.#told(entry);
    setImmediate(() => this.#next());
    return Promise.resolve(told);
  }

  get(id: string): Promise<RunSummary | undefined> {
    const entry = this.#runs.get(id);
    return Promise.resolve(entry && this.#told(entry));
  }

  list({ states, submittedBy, before, limit }: RunFilter): Promise<readonly RunSummary[]> {
    const all = [...this.#runs.values()].map((entry) => this.#told(entry)).reverse();
    const from = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1;
    const found = all
      .slice(from)
      .filter(({ state }) => states === undefined || states.includes(state))
      .filter((run) => submittedBy === undefined || run.submittedBy === submittedBy);
    return Promise.resolve(found.slice(0, limit));
  }

  cancel(id: string): Promise<boolean> {
    const entry = this.#runs.get(id);
    if (!entry) return Promise.reject(failure('run.unknown', 'There is no such run.'));
    if (hasEnded(entry.summary)) return Promise.resolve(false);
    entry.stop.abort();
    if (entry.summary.state === 'waiting') this.#emit(entry, { type: 'run_cancelled', durationMs: 0, sequence: 0 });
    this.#next();
    return Promise.resolve(true);
  }

  async *events(id: string, after: number, signal: AbortSignal): AsyncGenerator<JournalEntry, void, undefined> {
    const entry = this.#runs.get(id);
    if (!entry) throw failure('run.unknown', 'There is no such run.');
    for (let next = after + 1; !signal.aborted; next++) {
      while (entry.journal[next] === undefined) {
        if (hasEnded(entry.summary)) return;
        if (await this.#change(signal)) return;
      }
      const found = entry.journal[next];
      if (found) yield found;
      if (found?.terminal) return;
    }
  }

  plan(request: PlanRequest): Promise<PlanAnswer> {
    return this.#options.plan(request);
  }

  onEnded(listener: (run: RunSummary, times: RunTimes) => void): void {
    this.#endListeners.add(listener);
  }

  onPosition(id: string, listener: (position: number) => void): () => void {
    const entry = this.#runs.get(id);
    entry?.listeners.add(listener);
    if (entry?.summary.state === 'waiting') listener(this.#position(entry));
    return () => entry?.listeners.delete(listener);
  }

  async drain(patienceMs: number): Promise<void> {
    this.#closing = true;
    const impatience = AbortSignal.timeout(patienceMs);
    while (this.counts.running > 0 && !impatience.aborted) await this.#change(impatience);
    await this.close();
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const entry of this.#inState('running')) entry.stop.abort();
    while (this.counts.running > 0) await this.#change(new AbortController().signal);
  }

  #next(): void {
    const [first] = this.#inState('waiting');
    if (!first || this.#closing || this.#isBusy()) return;
    first.started = performance.now();
    first.summary = { ...first.summary, state: 'running', startedAt: new Date().toISOString() };
    for (const entry of this.#inState('waiting')) {
      for (const listener of entry.listeners) listener(this.#position(entry));
    }
    this.#options
      .run(first.submission, (event) => this.#emit(first, event), first.stop.signal)
      .catch((thrown: unknown) => {
        const { issue } = asSluiceError(thrown);
        const sequence = first.journal.length;
        this.#emit(first, { type: 'run_failed', issue, durationMs: 0, sequence });
      })
      .finally(() => this.#next());
  }

  #emit(entry: Entry, event: RunEvent): void {
    const { sequence } = event;
    const frame = encodeFrame({ type: 'event', run: entry.summary.id, event });
    entry.journal.push({ sequence, frame, terminal: isTerminal(event) });
    const ends = { run_completed: 'succeeded', run_failed: 'failed', run_cancelled: 'cancelled' } as const;
    const state = event.type in ends ? ends[event.type as keyof typeof ends] : entry.summary.state;
    const error = event.type === 'run_failed' ? { error: event.issue } : {};
    const endedAt = isTerminal(event) ? { endedAt: new Date().toISOString() } : {};
    entry.summary = { ...entry.summary, state, lastSequence: sequence, ...error, ...endedAt };
    const { accepted, started } = entry;
    const times = started === undefined ? {} : { waitedMs: started - accepted, ranMs: performance.now() - started };
    if (isTerminal(event)) for (const tell of this.#endListeners) tell(entry.summary, times);
    this.#changes.dispatchEvent(new Event('change'));
  }

  #inState(state: string): Entry[] {
    return [...this.#runs.values()].filter(({ summary }) => summary.state === state);
  }

  #isBusy(): boolean {
    return this.counts.running >= this.#options.maxConcurrentRuns;
  }

  #position(entry: Entry): number {
    return this.#inState('waiting').indexOf(entry);
  }

  #told(entry: Entry): RunSummary {
    return entry.summary.state === 'waiting' ? { ...entry.summary, position: this.#position(entry) } : entry.summary;
  }

  /** Answers whether the signal was aborted. */
  #change(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#changes.removeEventListener('change', done);
        signal.removeEventListener('abort', done);
        resolve(signal.aborted);
      };
      this.#changes.addEventListener('change', done);
      signal.addEventListener('abort', done);
    });
  }
}
