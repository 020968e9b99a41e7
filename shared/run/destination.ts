// The last step of a run: the last stage of the last group is written.
import { failure, SluiceError } from '../errors.ts';
import { destinations } from '../destinations/index.ts';
import { note } from '../formats/format.ts';
import type { Step } from '../plan/bind.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { since, steadily, type RunContext } from './context.ts';
import { placeError, placeStageError } from './explain.ts';

export async function writeDestination(steps: readonly Step[], context: RunContext): Promise<void> {
  const { destination } = context.pipeline;
  if (!destination) {
    context.notify(note('run.no_output', 'info', 'The pipeline has no destination, so nothing is written.'));
    return;
  }
  const last = steps.find((step) => step.written);
  if (!last) {
    const message = 'The pipeline has a destination but its last group has no stage, so there is nothing to write.';
    throw placeError(failure('run.no_output', message), ['stages'], context);
  }
  const started = performance.now();
  const { emit, platform, notify, signal } = context;
  const { name, location } = destination;
  emit({ type: 'destination_started', name, location });
  try {
    const written = await destinations[destination.type](`SELECT * FROM ${quoteIdentifier(last.name)}`, destination, {
      platform,
      notify,
      work: { signal, onProgress: steadily((fraction) => emit({ type: 'destination_progress', name, fraction })) },
      onRead: () => undefined,
    });
    emit({ type: 'destination_completed', name, location, ...written, durationMs: since(started) });
  } catch (thrown) {
    if (isAboutRows(thrown)) throw placeStageError(thrown, last.position, last.subPosition, context);
    throw placeError(thrown, ['destination', 'location'], context);
  }
}

/** Whether the failure came out of the rows that were written rather than out of the writing. */
function isAboutRows(thrown: unknown): boolean {
  return thrown instanceof SluiceError && (thrown.code === 'sql.failed' || thrown.code === 'file.corrupt');
}
