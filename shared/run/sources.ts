// The sources of a run: opened to know their columns, and made relations when the plan stands; both in parallel.
import { failure, SluiceError } from '../errors.ts';
import type { OpenedRelation, ReadContext } from '../formats/format.ts';
import type { Source } from '../pipeline/schema.ts';
import type { BoundCheck } from '../plan/checks/check.ts';
import { locationOf } from '../plan/contacts.ts';
import { isWithheld } from '../plan/places.ts';
import type { Column } from '../platform.ts';
import { sources as sourceTypes } from '../sources/index.ts';
import type { SourceContext } from '../sources/source.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { runChecks } from './checks.ts';
import { since, type RunContext } from './context.ts';
import { placeError, sourcePath } from './explain.ts';
import { inParallel } from './parallel.ts';

/** A source that is opened, or that a plan goes on without. */
export interface OpenedSource {
  readonly name: string;
  readonly source: Source;
  /** Bytes of its files. */
  readonly bytes: number;
  readonly files: number;
  /** Absent where this place cannot open it. */
  readonly columns?: readonly Column[];
  readonly relation?: OpenedRelation;
}

/** Opens the sources, reading no more than inference needs; in the document's order. */
export function openSources(context: RunContext): Promise<OpenedSource[]> {
  return inParallel(context.pipeline.sources, context.signal, async (source, signal, index) => {
    let [bytes, files] = [0, 0];
    const { name } = source;
    try {
      if ('location' in source && isWithheld(source.location, context.loaded)) return { name, source, bytes, files };
      const relation = await openSource(source, {
        ...readContext(name, 0, signal, context),
        onOpen: (file) => {
          bytes += file.size;
          files++;
          context.opened.push({ index, file });
        },
      });
      if (!relation) return { name, source, bytes, files };
      context.relations.set(name, relation);
      const columns = await spelled(relation.columns, context, signal);
      return { name, source, bytes, files, columns, relation };
    } catch (thrown) {
      context.fail(withinSource(thrown, index), sourcePath(source, index));
      return { name, source, bytes, files };
    }
  });
}

/** A source does not know where it stands in the document: the path of its error begins at the source. */
function withinSource(thrown: unknown, index: number): unknown {
  if (!(thrown instanceof SluiceError) || !thrown.issue.path) return thrown;
  const path = ['sources', index, ...thrown.issue.path];
  return new SluiceError({ ...thrown.issue, path }, { cause: thrown.cause });
}

/** The columns with their types as DuckDB prints them. */
function spelled(columns: readonly Column[], { platform }: RunContext, signal: AbortSignal): Promise<Column[]> {
  const items = columns.map(({ name, type }) => `NULL::${type} AS ${quoteIdentifier(name)}`);
  return platform.engine.describe(`SELECT ${items.join(', ')}`, { signal });
}

/** Makes every source a relation, then checks them: a check may read other sources. */
export async function relateSources(
  opened: readonly OpenedSource[],
  checks: ReadonlyMap<string, readonly BoundCheck[]>,
  context: RunContext,
): Promise<void> {
  await inParallel(opened, context.signal, (source, signal, index) => relateSource(source, index, signal, context));
  for (const { name, source } of opened) {
    const bound = checks.get(name) ?? [];
    if (bound.length !== source.checks.length) throw failure('internal', `Not all checks of ${name} were bound.`);
    await runChecks(name, bound, context.signal, context);
  }
}

async function relateSource(
  { name, source, columns, bytes, relation }: OpenedSource,
  index: number,
  signal: AbortSignal,
  context: RunContext,
): Promise<void> {
  const started = performance.now();
  const { emit } = context;
  emit({ type: 'source_started', name, ...locationOf(source) });
  try {
    if (!relation || !columns) throw failure('internal', `${name} is to be read and was never opened.`);
    const { rows } = await relation.relate(name, readContext(name, bytes, signal, context));
    emit({
      ...{ type: 'source_completed', name, columns, durationMs: since(started) },
      ...(readsBytes(source) ? { bytes } : {}),
      ...(rows === undefined ? {} : { rows }),
    });
  } catch (thrown) {
    throw placeError(thrown, sourcePath(source, index), context);
  }
}

/** Undefined for what no place can open yet; the verdict on places says so. */
function openSource(source: Source, context: SourceContext): Promise<OpenedRelation> | undefined {
  switch (source.type) {
    case 'file':
      return sourceTypes.file(source, context);
    case 'directory':
      return sourceTypes.directory(source, context);
    case 'inline':
      return sourceTypes.inline(source, context);
    case 'in_memory':
      return sourceTypes.in_memory(source, context);
    case 'odbc':
    case 'delta':
      return undefined;
  }
}

/** Whether its size is known in bytes. */
export function readsBytes({ type }: Source): boolean {
  return type === 'file' || type === 'directory' || type === 'inline';
}

/** Tells progress that only grows, a hundredth or more at a time, and never more bytes than there are. */
function readContext(name: string, totalBytes: number, signal: AbortSignal, context: RunContext): ReadContext {
  const { platform, notify, emit, keep } = context;
  let told = -1;
  return {
    platform,
    notify,
    keep,
    work: { signal },
    onRead: (read, rows) => {
      const bytes = Math.min(read, totalBytes);
      const isStep = bytes >= told + totalBytes / 100 || (bytes === totalBytes && bytes > told);
      if (!isStep) return;
      told = bytes;
      emit({ type: 'source_progress', name, bytes, totalBytes, rows });
    },
  };
}
