// How a run ended, from the event that it ended with.
import { failure } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { Ended } from './child/messages.ts';

/** Undefined for events that end nothing. */
export function endedBy(event: RunEvent): Ended | undefined {
  switch (event.type) {
    case 'run_completed':
      return { state: 'succeeded' };
    case 'run_cancelled':
      return { state: 'cancelled' };
    case 'run_failed':
      return { state: event.issue.code === 'run.interrupted' ? 'interrupted' : 'failed', error: event.issue };
    default:
      return undefined;
  }
}

/** The last event of a run whose relay died. */
export function interruptedEvent(sequence: number, durationMs: number): RunEvent {
  const { issue } = failure('run.interrupted', 'The relay stopped while the run went on.', {
    hint: 'Submit it again; what it had not finished writing was removed.',
  });
  return { type: 'run_failed', issue, durationMs: Math.max(0, durationMs), sequence };
}
