// One run as one connection follows it: its events go out at the pace of the reader.
import type { JournalEntry } from '../../queue/queue.ts';
import type { RunsOfKey } from '../rights.ts';
import { tellPositions } from './positions.ts';

export interface FollowOptions {
  readonly runs: RunsOfKey;
  readonly run: string;
  readonly after: number;
  readonly signal: AbortSignal;
  /** Absent for a run that waits no more. */
  readonly tellPosition?: ((position: number) => Promise<void>) | undefined;
  /** The next event is asked for when this one is done. */
  readonly tell: (entry: JournalEntry) => Promise<void>;
  readonly fail: (thrown: unknown) => void;
}

/** Resolves after the terminal event, or when `signal` is aborted. */
export async function follow({ runs, run, after, signal, tellPosition, tell, fail }: FollowOptions): Promise<void> {
  const stop = tellPosition ? tellPositions(runs, run, tellPosition, fail) : () => Promise.resolve();
  try {
    let first = true;
    for await (const entry of runs.events(run, after, signal)) {
      if (signal.aborted) return;
      if (first) await stop();
      first = false;
      await tell(entry);
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    await stop();
  }
}
