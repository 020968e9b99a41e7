// The port between what accepts runs (sockets, HTTP) and what runs them.
import type { Issue } from '../../shared/errors.ts';
import type { Frame } from '../../shared/protocol/relay/frames.ts';
import type { PlanRequest } from '../../shared/protocol/relay/plans.ts';
import type { RunState, RunSubmission, RunSummary } from '../../shared/protocol/relay/runs.ts';
import type { PlanAnswer } from '../../shared/protocol/worker.ts';

/** Who submits, and what its key allows. */
export interface Submitter {
  /** The name of the key. */
  readonly name: string;
  /** Runs of this key that may run at once; the relay's own limit holds as well. */
  readonly maxConcurrentRuns?: number | undefined;
  readonly maxQueuedRuns?: number | undefined;
  /** What `${secret:NAME}` stands for in its documents. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

/** An event of a run as it is kept and sent: a frame of `{type: 'event', run, event}` of sluice.v1. */
export interface JournalEntry {
  readonly sequence: number;
  readonly frame: Frame;
  readonly terminal: boolean;
}

export interface RunFilter {
  readonly states?: readonly RunState[] | undefined;
  readonly submittedBy?: string | undefined;
  /** Only runs accepted before this one, for the next page. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** How long a run took, by a clock that nobody sets. Milliseconds. */
export interface RunTimes {
  /** From its acceptance, or the start of the relay after it, to its start; absent for one that never started. */
  readonly waitedMs?: number;
  readonly ranMs?: number;
}

/** Runs that are accepted, wait, run and are remembered. Everything rejects with a SluiceError. */
export interface RunQueue {
  /**
   * Records the run durably; resolves then. The same id again answers the run that there is. Fails with queue.full,
   * queue.closing, and with run.forbidden for an id that somebody else has chosen.
   */
  submit(submission: RunSubmission, by: Submitter): Promise<RunSummary>;
  get(id: string): Promise<RunSummary | undefined>;
  /** The newest first. */
  list(filter: RunFilter): Promise<readonly RunSummary[]>;
  /** Stops the run within half a second; answers at once, with false when it had ended. Fails with run.unknown. */
  cancel(id: string): Promise<boolean>;
  /**
   * The events after that one, from the run's journal and then as they come; ends after the terminal one. Nothing is
   * read ahead of the reader. Fails with run.unknown.
   */
  events(id: string, after: number, signal: AbortSignal): AsyncIterable<JournalEntry>;
  /** Tells the position of a waiting run, at once and whenever it changes, until it starts; answers how to stop that. */
  onPosition(id: string, listener: (position: number) => void): () => void;
  /**
   * What a run would do. It waits for no run and is not recorded. Fails with queue.full while too many are made,
   * queue.closing, run.limit, engine.died, and run.cancelled when the signal is aborted.
   */
  plan(request: PlanRequest, by: Submitter, signal: AbortSignal): Promise<PlanAnswer>;
  /** Tells every run that has ended, once that is recorded. */
  onEnded(listener: (run: RunSummary, times: RunTimes) => void): void;
  readonly counts: { readonly waiting: number; readonly running: number };
  /** Accepts nothing more; waits for what runs, at most so long, then cancels it. What waits stays for the next start. */
  drain(patienceMs: number): Promise<void>;
  /** Stops at once. */
  close(): Promise<void>;
}

/** What happened before this start that its operator should know. */
export interface Recovery {
  readonly waiting: number;
  readonly interrupted: number;
  readonly notices: readonly Issue[];
}
