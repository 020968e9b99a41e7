// Runs whose events a test decides, where what matters is how they travel.
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { Runner } from './in-process-queue.ts';

/** So many notices with a text of this length each, and the end. */
export function noticesRunner(count: number, length = 10): Runner {
  return (_submission, emit) => {
    const message = 'x'.repeat(length);
    emit({ type: 'run_started', sequence: 0 });
    for (let sequence = 1; sequence <= count; sequence++) {
      emit({ type: 'notice', issue: { code: 'type.converted', severity: 'info', message }, sequence });
    }
    emit({ type: 'run_completed', durationMs: 0, sequence: count + 1 });
    return Promise.resolve();
  };
}

/** Says that it has begun, and ends when it is cancelled. */
export const untilCancelled: Runner = (_submission, emit, signal) => {
  emit({ type: 'run_started', sequence: 0 });
  return new Promise((resolve) => {
    const end = (): void => {
      emit({ type: 'run_cancelled', durationMs: 0, sequence: 1 });
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
};

export function sequencesOf(messages: readonly Record<string, unknown>[]): number[] {
  return messages.flatMap(({ type, event }) => (type === 'event' ? [(event as RunEvent).sequence] : []));
}
