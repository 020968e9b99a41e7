// What a relay and the process of a run say to each other, by structured clone. Secrets go this way only.
import type { Issue } from '../../../shared/errors.ts';
import type { JournalEntry } from '../queue.ts';
import type { ChildPlatformOptions } from '../options.ts';
import type { PlanAnswer } from '../../../shared/protocol/worker.ts';
import type { RunRequest } from '../request.ts';

export interface Preparation extends ChildPlatformOptions {
  readonly temporary: string;
  readonly memoryLimit?: string | undefined;
}

export type ToChild =
  /** First: what its platform is opened with. */
  | { readonly type: 'prepare'; readonly options: Preparation }
  | { readonly type: 'run'; readonly id: string; readonly request: RunRequest }
  /** Instead of a run. */
  | { readonly type: 'plan'; readonly request: RunRequest }
  | { readonly type: 'cancel' }
  /** Events up to this one are in the journal. */
  | { readonly type: 'journaled'; readonly sequence: number };

export type FromChild =
  /** Every second. */
  | { readonly type: 'alive' }
  /** The values that were given, secrets masked. */
  | { readonly type: 'parameters'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly type: 'events'; readonly events: readonly ChildEvent[] }
  /** The answer to `plan`. */
  | { readonly type: 'planned'; readonly answer: PlanAnswer }
  /** There is no answer to `plan`. */
  | { readonly type: 'failed'; readonly issue: Issue };

/** An event, with what the history keeps of it. */
export interface ChildEvent {
  readonly entry: JournalEntry;
  /** Rows that the destination got. */
  readonly rows?: number;
  readonly ended?: Ended;
}

export interface Ended {
  readonly state: 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  readonly error?: Issue;
}

/** Milliseconds between two signs of life. */
export const beat = 1_000;
