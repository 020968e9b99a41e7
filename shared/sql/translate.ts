// A stage's query in the words of DuckDB, whatever dialect it was typed in.
import { SluiceError } from '../errors.ts';
import type { Column } from '../platform.ts';
import { narrowTypes } from './datafusion/narrow.ts';
import { rewrite, type Rewritten } from './datafusion/rewrite.ts';
import type { Dialect } from './dialect.ts';

export type { Rewritten } from './datafusion/rewrite.ts';

/** Throws `document.unsupported`, at its place in the query, for what DuckDB has no equal for. */
export function translate(query: string, dialect: Dialect): Rewritten {
  if (dialect === 'datafusion') return rewrite(query);
  return { sql: query, query, typedOffset: (offset) => offset };
}

/** An error about the translated query as one about the query that was typed. */
export function asTyped(thrown: unknown, { sql, query, typedOffset }: Rewritten): unknown {
  if (!(thrown instanceof SluiceError) || sql === query || thrown.issue.query?.sql !== sql) return thrown;
  const offset = typedOffset(thrown.issue.query.offset);
  return new SluiceError({ ...thrown.issue, query: { sql: query, offset } }, { cause: thrown.cause });
}

/** A translated query once its columns are known: in types that the dialect has. */
export function settle(
  sql: string,
  columns: readonly Column[] | undefined,
  dialect: Dialect,
): { readonly sql: string; readonly columns?: readonly Column[] } {
  if (!columns) return { sql };
  return dialect === 'datafusion' ? narrowTypes(sql, columns) : { sql, columns };
}
