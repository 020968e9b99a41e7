// What a run on this machine or elsewhere says to whoever shows it: RunEvents, and what only a connection has to say.
import type { ProgressEvent } from '../../../shared/protocol/aqueducts.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';

export type Report =
  | RunEvent
  /** The user wants it to end. */
  | { readonly type: 'stopping' }
  /** A relay has taken the run on. */
  | { readonly type: 'accepted'; readonly run: string }
  /** How many runs wait before it. */
  | { readonly type: 'waiting'; readonly position: number }
  /** Milliseconds until the next attempt. */
  | { readonly type: 'connection_lost'; readonly message: string; readonly retryMs: number }
  | { readonly type: 'connection_resumed' }
  /** What an Aqueducts executor tells; percent, from 0 to 100. */
  | { readonly type: 'executor_progress'; readonly progress: number; readonly event: ProgressEvent }
  /** What a stage shows, as an Aqueducts executor has laid it out. `complete`: no part of it is missing. */
  | {
      readonly type: 'executor_output';
      readonly name: string;
      readonly header: string;
      readonly text: string;
      readonly complete: boolean;
    };

/** How a run has ended. */
export type Outcome = 'succeeded' | 'failed' | 'cancelled';

/** Shows a run. */
export interface Reporter {
  /** Resolves when there is room for more. */
  report(report: Report): Promise<void>;
  /** Leaves the terminal as it was found. To be called once, last. */
  close(): Promise<void>;
}

/** The outcome that a report tells, if it is the last one. */
export function outcomeOf(report: Report): Outcome | undefined {
  if (report.type === 'run_completed') return 'succeeded';
  if (report.type === 'run_failed') return 'failed';
  return report.type === 'run_cancelled' ? 'cancelled' : undefined;
}
