// The queue of one relay: the order of the runs, who may submit more, and what is told of them.
import { randomUUID } from 'node:crypto';
import { asSluiceError, failure, type SluiceError } from '../../shared/errors.ts';
import { Scope } from '../../shared/scope.ts';
import { runIdSchema, type RunSubmission, type RunSummary } from '../../shared/protocol/relay/runs.ts';
import type { PlanRequest } from '../../shared/protocol/relay/plans.ts';
import type { PlanAnswer } from '../../shared/protocol/worker.ts';
import { Journal } from './journal/journal.ts';
import { readJournal } from './journal/read.ts';
import { summaryOf, timesOf, type LiveRun } from './live-run.ts';
import { defaultMaxJournalBytes, type QueueOptions } from './options.ts';
import { Planner } from './planner.ts';
import { boundParameters } from './record-limits.ts';
import { Supply } from './process/supply.ts';
import type { JournalEntry, RunFilter, RunQueue, RunTimes, Submitter } from './queue.ts';
import type { Recovered } from './recovery.ts';
import type { Registry, RunRecord } from './registry/registry.ts';
import { removeRequest, writeRequest } from './request.ts';
import { Retention } from './retention.ts';
import { Runner } from './runner.ts';
import { requireRoom } from './room.ts';
import type { StateDirectory } from './state-directory.ts';
import { WaitingLine } from './waiting-line.ts';
import { within } from './within.ts';

/** Milliseconds in which cancelled runs end, and in which what stops with the queue may. */
const lastPatienceMs = 5_000;
/** Milliseconds after which the queue counts as closed, whatever hangs. */
const closingMs = 15_000;

export class LocalQueue implements RunQueue {
  readonly #options: QueueOptions;
  readonly #directory: StateDirectory;
  readonly #registry: Registry;
  readonly #supply: Supply;
  readonly #runner: Runner;
  readonly #planner: Planner;
  readonly #retention: Retention;
  readonly #line = new WaitingLine<LiveRun>();
  /** Those that have not ended, waiting ones too. */
  readonly #live = new Map<string, LiveRun>();
  readonly #running = new Set<LiveRun>();
  readonly #accepting = new Map<string, { readonly name: string; readonly done: Promise<RunSummary> }>();
  readonly #listeners = new Set<(run: RunSummary, times: RunTimes) => void>();
  /** Ends of runs that are being recorded. */
  readonly #work = new Set<Promise<void>>();
  #ordinal = 0;
  #closing = false;
  #closed: Promise<void> | undefined;

  constructor(options: QueueOptions, directory: StateDirectory, registry: Registry, waiting: Recovered['waiting']) {
    this.#options = options;
    this.#directory = directory;
    this.#registry = registry;
    this.#supply = new Supply(directory.work, options);
    this.#supply.prepare();
    this.#runner = new Runner(options, directory, registry, this.#supply);
    this.#planner = new Planner(options, this.#supply);
    this.#retention = new Retention(options, directory, registry);
    for (const { record, submitter } of waiting) this.#line.add(this.#enliven(record, submitter));
    this.#startNext();
  }

  get counts(): RunQueue['counts'] {
    return { waiting: this.#line.size, running: this.#running.size };
  }

  async submit(submission: RunSubmission, by: Submitter): Promise<RunSummary> {
    const id = runIdSchema.parse(submission.id ?? randomUUID());
    for (let pending = this.#accepting.get(id); pending; pending = this.#accepting.get(id)) {
      await pending.done.catch(() => undefined); // whoever submitted it is told
    }
    const known = submission.id === undefined ? undefined : await this.#find(id);
    if (known) return this.#own(known, by);
    if (this.#accepting.has(id)) return this.submit(submission, by);
    if (this.#closing) throw failure('queue.closing', 'The relay is shutting down and accepts no runs.');
    const accepting = [...this.#accepting.values()].map(({ name }) => name);
    requireRoom(by, this.#options, { line: this.#line, running: [...this.#running], accepting });
    const done = this.#accept(id, submission, by);
    this.#accepting.set(id, { name: by.name, done });
    try {
      return await done;
    } finally {
      this.#accepting.delete(id);
      this.#startNext();
    }
  }

  async get(id: string): Promise<RunSummary | undefined> {
    const record = await this.#find(id);
    return record && this.#summary(record);
  }

  async list(filter: RunFilter): Promise<RunSummary[]> {
    return (await this.#registry.list(filter)).map((record) =>
      this.#summary(this.#live.get(record.id)?.record ?? record),
    );
  }

  async cancel(id: string): Promise<boolean> {
    const live = this.#live.get(id);
    if (!live) {
      if (!(await this.#registry.get(id))) throw unknownRun(id);
      return false;
    }
    if (live.journal.ended) return false;
    if (live.cancelled) return true;
    live.cancelled = true;
    const waiting = this.#line.take((run) => run === live);
    if (waiting)
      this.#track(
        live,
        this.#runner.cancelWaiting(live).then(() => this.#forget(live)),
      );
    else live.process?.cancel();
    return true;
  }

  async *events(id: string, after: number, signal: AbortSignal): AsyncGenerator<JournalEntry, void, undefined> {
    if (!(await this.#find(id))) throw unknownRun(id);
    yield* readJournal(this.#directory.journal(id), after, signal, this.#live.get(id)?.journal);
  }

  async plan(request: PlanRequest, by: Submitter, signal: AbortSignal): Promise<PlanAnswer> {
    if (this.#closing) throw failure('queue.closing', 'The relay is shutting down and makes no plans.');
    const submission = { ...request, whenLeft: 'cancel' as const, preview: 0 };
    return this.#planner.plan({ submission, submitter: { name: by.name, secrets: { ...by.secrets } } }, signal);
  }

  onEnded(listener: (run: RunSummary, times: RunTimes) => void): void {
    this.#listeners.add(listener);
  }

  onPosition(id: string, listener: (position: number) => void): () => void {
    return this.#line.onPosition(id, listener);
  }

  async drain(patienceMs: number): Promise<void> {
    this.#closing = true;
    if (await this.#settled(patienceMs)) return;
    for (const { id } of [...this.#running]) await this.cancel(id);
    if (await this.#settled(lastPatienceMs)) return;
    this.#stopNow();
    if (!(await this.#settled(lastPatienceMs))) this.#options.log.error('runs could not be ended in order');
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#closing = true;
    await within(lastPatienceMs, this.#accepted());
    this.#stopNow();
    const scope = new Scope();
    scope.use(this.#directory);
    // what hangs, such as a disk, must not keep the relay from its end
    scope.defer(() => within(lastPatienceMs, this.#registry.close()));
    for (const { journal } of this.#live.values()) scope.defer(() => within(lastPatienceMs, journal.close()));
    scope.defer(() => within(lastPatienceMs, this.#retention.close()));
    scope.defer(() => within(lastPatienceMs, this.#idle()));
    scope.use(this.#supply);
    scope.use(this.#planner);
    const closed = scope.close();
    if (await within(closingMs, closed)) await closed;
    else this.#options.log.error('the queue could not be closed in order');
  }

  /** Nothing is waited for any more: runs are ended as interrupted, and a disk that refuses is not tried again. */
  #stopNow(): void {
    for (const live of this.#running) live.process?.interrupt();
    this.#runner.giveUp();
  }

  async #accepted(): Promise<void> {
    await Promise.allSettled([...this.#accepting.values()].map(({ done }) => done));
  }

  /** Whether nothing is accepted and nothing runs any more within so many milliseconds. */
  #settled(milliseconds: number): Promise<boolean> {
    return within(
      milliseconds,
      this.#accepted().then(() => this.#idle()),
    );
  }

  async #accept(id: string, submission: RunSubmission, by: Submitter): Promise<RunSummary> {
    const ordinal = ++this.#ordinal;
    const submitter = {
      ...{ name: by.name, secrets: { ...by.secrets } },
      ...(by.maxConcurrentRuns === undefined ? {} : { maxConcurrentRuns: by.maxConcurrentRuns }),
    };
    // until the document is read by its process, nobody knows which of them are secrets
    const parameters = boundParameters(
      Object.fromEntries(Object.keys(submission.parameters).map((name) => [name, '***'])),
    );
    const state = 'waiting';
    const record: RunRecord = { id, state, submittedBy: by.name, parameters, acceptedAt: Date.now(), lastSequence: -1 };
    try {
      await writeRequest(id, { submission, submitter }, this.#directory);
      if (!(await this.#registry.accept(record))) throw failure('internal', `There is a run ${id} already.`);
    } catch (thrown) {
      await removeRequest(id, this.#directory);
      throw asSluiceError(thrown, 'file.failed', 'The run could not be recorded.');
    }
    this.#line.add(this.#enliven(record, submitter, ordinal));
    this.#options.log.info({ run: id, key: by.name }, 'run accepted');
    return this.#summary(record);
  }

  #enliven(record: RunRecord, submitter: LiveRun['submitter'], ordinal = ++this.#ordinal): LiveRun {
    const { name, maxConcurrentRuns } = submitter;
    const most = this.#options.maxJournalBytes ?? defaultMaxJournalBytes;
    const live: LiveRun = {
      ...{ id: record.id, ordinal, record, cancelled: false, submitter: { name, maxConcurrentRuns } },
      enlivened: performance.now(),
      journal: new Journal(this.#directory.journal(record.id), most),
    };
    this.#live.set(record.id, live);
    return live;
  }

  #startNext(): void {
    while (!this.#closing && this.#running.size < this.#options.maxConcurrentRuns) {
      const live = this.#line.take((run) => this.#mayStart(run));
      if (!live) return;
      live.started = performance.now();
      this.#running.add(live);
      const run = this.#runner.run(live, () => this.#forget(live));
      this.#track(
        live,
        run.finally(() => {
          this.#running.delete(live);
          this.#startNext();
        }),
      );
    }
  }

  #mayStart({ submitter: { name, maxConcurrentRuns = Infinity } }: LiveRun): boolean {
    return [...this.#running].filter(({ submitter }) => submitter.name === name).length < maxConcurrentRuns;
  }

  #forget(live: LiveRun): void {
    // one whose end is nowhere else is remembered here until the relay ends
    if (!live.unrecorded) this.#live.delete(live.id);
    for (const tell of this.#listeners) tell(summaryOf(live.record), timesOf(live));
    if (!this.#closing) this.#retention.keep();
  }

  /** Waits for the work when the queue closes; what goes wrong in it is for the next start to settle. */
  #track({ id }: LiveRun, work: Promise<void>): void {
    const tracked = work.catch((thrown: unknown) => {
      this.#options.log.error({ run: id, issue: asSluiceError(thrown).issue }, 'a run could not be recorded');
    });
    this.#work.add(tracked);
    void tracked.then(() => this.#work.delete(tracked));
  }

  async #idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  async #find(id: string): Promise<RunRecord | undefined> {
    return this.#live.get(id)?.record ?? (await this.#registry.get(id));
  }

  #own(record: RunRecord, by: Submitter): RunSummary {
    if (record.submittedBy === by.name) return this.#summary(record);
    throw failure('run.forbidden', 'Somebody else has submitted a run of this id.', { hint: 'Choose another id.' });
  }

  #summary(record: RunRecord): RunSummary {
    const lastSequence = this.#live.get(record.id)?.journal.lastSequence ?? record.lastSequence;
    return summaryOf({ ...record, lastSequence }, this.#line.position(record.id));
  }
}

function unknownRun(id: string): SluiceError {
  return failure('run.unknown', `The relay knows no run ${id}.`, { hint: 'It may have been removed with age.' });
}
