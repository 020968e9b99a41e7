// Finds the place in the user's text that an error of a run belongs to.
import { asSluiceError, isCancelled, SluiceError, type Path } from '../errors.ts';
import { aboutFile, damaged, fileNamedIn, wordsOf } from '../formats/explain.ts';
import { isBeyondRange } from '../formats/parquet/damage.ts';
import { isComplaint } from '../sql/damage.ts';
import type { Source } from '../pipeline/schema.ts';
import { misfitFailure } from '../sql/misfit.ts';
import type { RunContext } from './context.ts';

/** What DuckDB says of a file that a query names. */
const queriesReadNothing = 'file system operations are disabled';

type Known = Pick<RunContext, 'loaded' | 'opened'>;

/** The error with the place of a field: the one that the error itself names, or else this one. */
export function placeError(thrown: unknown, path: Path, { loaded }: Known): SluiceError {
  const error = asSluiceError(thrown);
  if (error.issue.place) return error;
  const own = error.issue.path ?? path;
  const place = loaded.locate(own);
  return error.with({ path: own, ...(place ? { place } : {}) });
}

/**
 * The error at its place in the text under its own path or else under this one: the word that DuckDB speaks of where that
 * can be told, or at a source when it is about that source's data.
 */
export function placeInText(thrown: unknown, path: Path, known: Known): SluiceError {
  const error = asSluiceError(thrown);
  if (error.issue.place) return error;
  const source = sourceOf(error, known);
  if (source) return source;
  const { query, code, path: own = path } = error.issue;
  // Only what DuckDB says while it binds points into this very text; later it may speak of a view's or of our statement.
  const binds = /^(sql\.(syntax|binding|not_a_query)|stage\.cycle|document\.unsupported)$/.test(code);
  const exact = query !== undefined && binds && (own === error.issue.path || query.sql === queryAt(own, known));
  const place = exact ? known.loaded.locate(own, query.offset) : undefined;
  return place ? error.with({ path: own, place }) : placeError(error, own, known);
}

export function placeStageError(thrown: unknown, position: number, subPosition: number, known: Known): SluiceError {
  return placeInText(thrown, ['stages', position, subPosition, 'query'], known);
}

function queryAt([list, position, subPosition]: Path, { loaded }: Known): string | undefined {
  return list === 'stages' ? loaded.pipeline?.stages[Number(position)]?.[Number(subPosition)]?.query : undefined;
}

/** Where a source says what it reads. */
export function sourcePath(source: Source | undefined, index: number): Path {
  const field = {
    ...{ file: 'location', directory: 'location', delta: 'type', odbc: 'type', in_memory: 'name' },
    inline: source?.type === 'inline' && source.csv !== undefined ? 'csv' : 'rows',
  }[source?.type ?? 'file'];
  return ['sources', index, field];
}

/** An error of reading a source's file while a stage or the destination ran. */
function sourceOf(error: SluiceError, known: Known): SluiceError | undefined {
  const { misfit } = error.issue;
  const sources = known.loaded.pipeline?.sources ?? [];
  const index = misfit ? sources.findIndex(({ name }) => name === misfit.relation) : -1;
  if (index >= 0) return placeError(error, sourcePath(sources[index], index), known);
  if (error.message.includes(queriesReadNothing)) return undefined; // a query names a file, which may be a source's
  const files = known.opened.map(({ index: at, file: { engineName, location } }) => ({ at, engineName, location }));
  const file = fileNamedIn(error, files);
  if (file) return placeError(aboutFile(error, file), sourcePath(sources[file.at], file.at), known);
  // Where our own code reads for DuckDB, the error speaks of the file as the user does.
  const about = files.filter(
    ({ location }) => error.code.startsWith('file.') || error.message.startsWith(`${location} `),
  );
  const own = fileNamedIn(
    error,
    about.map(({ at, location }) => ({ at, engineName: location, location })),
  );
  return own && placeError(error, sourcePath(sources[own.at], own.at), known);
}

/**
 * The error of a run, looked into once more where the files of its sources tell more: in which line a value stands that
 * does not fit, or of what in a file the engine has died.
 */
export async function lookedInto(thrown: unknown, context: RunContext): Promise<unknown> {
  if (!(thrown instanceof SluiceError)) return thrown;
  const { misfit, ...known } = thrown.issue;
  const { platform, notify, signal } = context;
  const using = { platform, notify, work: { signal } };
  if (misfit) {
    const opened = context.relations.get(misfit.relation);
    const place = await unlessItFails(async () => opened?.placeOf?.(misfit, using));
    const message = place === undefined ? known.message : misfitFailure(misfit, place).message;
    return new SluiceError({ ...known, message }, { cause: thrown.cause });
  }
  const { sources } = context.pipeline;
  const [list, at] = thrown.issue.path ?? [];
  // At a source it is DuckDB's where it is in its words, else ours, and nothing is to be added.
  const isAboutData = thrown.code === 'file.corrupt' && (list !== 'sources' || isComplaint(wordsOf(thrown)));
  if (thrown.code !== 'engine.died' && !isAboutData && !isBeyondRange(thrown.message)) return thrown;
  for (const [index, source] of sources.entries()) {
    if (list === 'sources' && at !== index) continue;
    const opened = context.relations.get(source.name);
    const damage = await unlessItFails(async () => opened?.damageOf?.(thrown, using));
    if (damage) return placeError(damage, sourcePath(source, index), context);
  }
  if (!isAboutData || list === 'sources' || context.opened.length === 0) return thrown;
  const read = new Set(context.opened.map(({ index }) => sources[index]?.name));
  const { path, place } = thrown.issue;
  return damaged(thrown, `A file of ${[...read].join(' or ')}`).with({
    ...(path && { path }),
    ...(place && { place }),
  });
}

/** What is found, or nothing where the search fails: the error that it was for is told in any case. */
async function unlessItFails<T>(search: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await search();
  } catch (thrown) {
    if (isCancelled(thrown)) throw thrown;
    return undefined;
  }
}
