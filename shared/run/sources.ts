// The first step of a run: every source becomes a relation, all in parallel.
import type { Relation } from '../platform.ts';
import { sources as sourceTypes } from '../sources/index.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { since, type RunContext } from './context.ts';
import { placeError } from './explain.ts';
import { inParallel } from './parallel.ts';

/** Makes the relations and answers their columns, in the document's order. */
export function relateSources(context: RunContext): Promise<Relation[]> {
  return inParallel(context.pipeline.sources, context.signal, async (source, signal, index) => {
    const started = performance.now();
    const { emit, platform, notify, keep } = context;
    const { name, location } = source;
    emit({ type: 'source_started', name, location });
    let size = 0;
    try {
      const relation = await sourceTypes[source.type](source, {
        platform,
        notify,
        keep,
        work: { signal },
        onOpen: (found, bytes, engineName) => {
          size = bytes;
          context.opened.set(engineName, { index, location: found });
        },
        onRead: (bytes, rows) =>
          emit({ type: 'source_progress', name, bytes: Math.min(bytes, size), totalBytes: size, rows }),
      });
      const columns = await platform.engine.describe(`FROM ${quoteIdentifier(name)}`, { signal });
      const rows = relation.rows === undefined ? {} : { rows: relation.rows };
      emit({ type: 'source_completed', name, columns, bytes: relation.bytes, ...rows, durationMs: since(started) });
      return { name, columns };
    } catch (thrown) {
      throw placeError(thrown, ['sources', index, 'location'], context);
    }
  });
}
