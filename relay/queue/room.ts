// Whether one more run can be accepted.
import { failure } from '../../shared/errors.ts';
import type { LiveRun } from './live-run.ts';
import type { QueueOptions } from './options.ts';
import type { Submitter } from './queue.ts';
import type { WaitingLine } from './waiting-line.ts';

interface Present {
  readonly line: WaitingLine<LiveRun>;
  readonly running: readonly LiveRun[];
  /** The keys of those that are being recorded. */
  readonly accepting: readonly string[];
}

/** Runs that could start at once do not count as waiting. Fails with queue.full. */
export function requireRoom(
  { name, maxConcurrentRuns, maxQueuedRuns }: Submitter,
  { maxConcurrentRuns: mostRunning, maxQueuedRuns: mostWaiting }: QueueOptions,
  { line, running, accepting }: Present,
): void {
  const hint = 'Try again when some have ended.';
  const free = Math.max(0, mostRunning - running.length);
  if (line.size + accepting.length >= mostWaiting + free) {
    throw failure('queue.full', `${line.size} runs wait already, as many as may.`, { hint });
  }
  if (maxQueuedRuns === undefined) return;
  const own = running.filter(({ submitter }) => submitter.name === name).length;
  const ownFree = Math.min(free, Math.max(0, (maxConcurrentRuns ?? Infinity) - own));
  const ownWaiting = line.countOf(name) + accepting.filter((other) => other === name).length;
  if (ownWaiting >= maxQueuedRuns + ownFree) {
    throw failure('queue.full', `${ownWaiting} runs of the key ${name} wait already, as many as may.`, { hint });
  }
}
