// A run that has not ended.
import type { RunSummary } from '../../shared/protocol/relay/runs.ts';
import type { Journal } from './journal/journal.ts';
import type { RunProcess } from './process/run-process.ts';
import type { RunTimes } from './queue.ts';
import type { RunRecord } from './registry/registry.ts';
import type { Submitting, Waiting } from './waiting-line.ts';

export interface LiveRun extends Waiting {
  readonly submitter: Submitting;
  readonly journal: Journal;
  record: RunRecord;
  /** Whether it is to end before it has a process. */
  cancelled: boolean;
  process?: RunProcess;
  /** Whether it has ended and the registry could not be told. */
  unrecorded?: boolean;
  /** Milliseconds of `performance.now`. */
  readonly enlivened: number;
  started?: number;
}

export function timesOf({ enlivened, started }: LiveRun): RunTimes {
  return started === undefined ? {} : { waitedMs: started - enlivened, ranMs: performance.now() - started };
}

export function summaryOf(record: RunRecord, position?: number): RunSummary {
  const { id, state, submittedBy, parameters, acceptedAt, startedAt, endedAt, rows, error, lastSequence } = record;
  return {
    ...{ id, state, submittedBy, parameters: { ...parameters }, acceptedAt: moment(acceptedAt), lastSequence },
    ...(position === undefined ? {} : { position }),
    ...(startedAt === undefined ? {} : { startedAt: moment(startedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: moment(endedAt) }),
    ...(rows === undefined ? {} : { rows }),
    ...(error === undefined ? {} : { error }),
  };
}

function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
