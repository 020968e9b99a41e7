// The last step of a run: the last stage of the last group is written.
import { failure, SluiceError, type Path } from '../errors.ts';
import type { DestinationContext, Written } from '../destinations/destination.ts';
import { destinations } from '../destinations/index.ts';
import { note } from '../formats/format.ts';
import type { Destination } from '../pipeline/schema.ts';
import type { Step } from '../plan/bind.ts';
import { locationOf } from '../plan/contacts.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { since, steadily, type RunContext } from './context.ts';
import { placeError, placeStageError } from './explain.ts';
import { reading } from './unchanged.ts';

export async function writeDestination(steps: readonly Step[], context: RunContext): Promise<void> {
  const { destination } = context.pipeline;
  if (!destination) {
    context.notify(note('run.no_output', 'info', 'The pipeline has no destination, so nothing is written.'));
    return;
  }
  const last = steps.find((step) => step.written);
  if (!last) throw failure('internal', 'No stage is there to be written.');
  const started = performance.now();
  const { emit, platform, notify, signal } = context;
  const { name } = destination;
  const where = { name, ...locationOf(destination) };
  emit({ type: 'destination_started', ...where });
  try {
    const written = await write(`SELECT * FROM ${quoteIdentifier(last.name)}`, destination, {
      platform,
      notify,
      work: { signal, onProgress: steadily((fraction) => emit({ type: 'destination_progress', name, fraction })) },
      writing: (task) => reading(context, task),
    });
    emit({ type: 'destination_completed', ...where, ...written, durationMs: since(started) });
  } catch (thrown) {
    if (isAboutRows(thrown)) throw placeStageError(thrown, last.position, last.subPosition, context);
    throw placeError(thrown, destinationPath(destination), context);
  }
}

function write(query: string, destination: Destination, context: DestinationContext): Promise<Written> {
  switch (destination.type) {
    case 'file':
      return destinations.file(query, destination, context);
    case 'in_memory':
      return destinations.in_memory(query, destination, context);
    default:
      throw failure('place.unsupported', `Destinations of type ${destination.type} cannot be written here.`);
  }
}

function destinationPath(destination: Destination): Path {
  return ['destination', 'location' in destination ? 'location' : 'name'];
}

/** Whether the failure came out of the rows that were written rather than out of the writing. */
function isAboutRows(thrown: unknown): boolean {
  return thrown instanceof SluiceError && (thrown.code === 'sql.failed' || thrown.code === 'file.corrupt');
}
