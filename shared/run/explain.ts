// Finds the place in the user's text that an error of a run belongs to.
import { asSluiceError, SluiceError, type Path } from '../errors.ts';
import type { RunContext } from './context.ts';

type Known = Pick<RunContext, 'loaded' | 'opened'>;

/** The error with the place of a field. */
export function placeError(thrown: unknown, path: Path, { loaded }: Known): SluiceError {
  const error = asSluiceError(thrown);
  if (error.issue.place) return error;
  const place = loaded.locate(path);
  return error.with({ path, ...(place ? { place } : {}) });
}

/** The error with its place in a stage's query, or at a source when it is about that source's data. */
export function placeStageError(thrown: unknown, position: number, subPosition: number, known: Known): SluiceError {
  const error = asSluiceError(thrown);
  const source = sourceOf(error, known);
  if (source) return source;
  const path = ['stages', position, subPosition, 'query'];
  const { query, code } = error.issue;
  // Only what DuckDB says while it binds points into this very text; later it may speak of a view's or of our statement.
  const typed = known.loaded.pipeline?.stages[position]?.[subPosition]?.query;
  const exact = query !== undefined && query.sql === typed && /^sql\.(syntax|binding|not_a_query)$/.test(code);
  const place = exact ? known.loaded.locate(path, query.offset) : undefined;
  return place ? error.with({ path, place }) : placeError(error, path, known);
}

/** An error of reading a source's file while a stage or the destination ran. */
function sourceOf(error: SluiceError, known: Known): SluiceError | undefined {
  const text = `${error.message}\n${error.issue.cause ?? ''}`;
  for (const [engineName, { index, location }] of known.opened) {
    if (!text.includes(engineName)) continue;
    const issue = { ...error.issue, message: error.message.replaceAll(engineName, location) };
    const code = error.code === 'sql.failed' ? 'file.corrupt' : error.code;
    const cause = issue.cause?.replaceAll(engineName, location);
    return placeError(
      new SluiceError({ ...issue, code, ...(cause === undefined ? {} : { cause }) }, { cause: error.cause }),
      ['sources', index, 'location'],
      known,
    );
  }
  return undefined;
}
