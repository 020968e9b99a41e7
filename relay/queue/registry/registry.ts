// The port to what remembers the runs. State changes are compare-and-set, so that of several that try one succeeds; time
// comes from the caller. Whoever opens a registry of one file is its only owner until it closes it; a registry that
// several relays share needs a lease a run beside the state, and nothing else that is not here.
import type { Issue } from '../../../shared/errors.ts';
import type { RunState } from '../../../shared/protocol/relay/runs.ts';
import type { RunFilter } from '../queue.ts';

export interface RunRecord {
  readonly id: string;
  readonly state: RunState;
  readonly submittedBy: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, as all times here. */
  readonly acceptedAt: number;
  readonly startedAt?: number | undefined;
  readonly endedAt?: number | undefined;
  readonly rows?: number | undefined;
  readonly error?: Issue | undefined;
  readonly lastSequence: number;
}

/** What a change of state writes beside the state; what is absent stays. */
export type RunChange = Partial<
  Pick<RunRecord, 'startedAt' | 'endedAt' | 'rows' | 'error' | 'parameters' | 'lastSequence'>
>;

/** Everything is durable when it resolves. What is too long is cut (record-limits.ts, `boundIssue`). */
export interface Registry {
  /** Records a run as the last in the order; false, and nothing is written, where there is one of this id. */
  accept(run: RunRecord): Promise<boolean>;
  get(id: string): Promise<RunRecord | undefined>;
  /** Those that have not ended, in the order in which they were accepted, without errors. */
  unfinished(): Promise<readonly RunRecord[]>;
  /** The newest first. */
  list(filter: RunFilter): Promise<readonly RunRecord[]>;
  /** Moves a run from a state to another; false where it is not in that state. */
  transition(id: string, from: RunState, to: RunState, change: RunChange): Promise<boolean>;
  /** Forgets ended runs: those that ended before then, and the oldest beyond so many. Answers their ids. */
  expire(endedBefore: number, keep: number): Promise<readonly string[]>;
  /** The ids of ended runs, those that were accepted first. */
  oldest(limit: number): Promise<readonly string[]>;
  /** Forgets a run that has ended. */
  forget(id: string): Promise<void>;
  close(): Promise<void>;
}
