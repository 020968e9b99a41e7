// A query of DataFusion's dialect in DuckDB's words, as far as macros cannot stand in: token by token, never by a search
// over the text, and with the way back to every place that was typed.
import { rewriteCalls } from './rewriting/calls.ts';
import { rewriteCasts } from './rewriting/casts.ts';
import { rewriteClauses } from './rewriting/clauses.ts';
import { Edits, type Rewritten } from './rewriting/edits.ts';
import { rewriteLiterals } from './rewriting/literals.ts';
import { rewriteNames } from './rewriting/names.ts';
import { rewriteTitles } from './rewriting/titles.ts';
import { Structure } from './rewriting/structure.ts';

export type { Rewritten } from './rewriting/edits.ts';

/**
 * Rewrites one query, whose brackets close (see requireQuery). Throws `document.unsupported`, at its place in the query,
 * for what DuckDB has no equal for.
 */
export function rewrite(query: string): Rewritten {
  const edits = new Edits(query);
  const structure = new Structure(query);
  rewriteCasts(structure, edits);
  rewriteCalls(structure, edits, query);
  rewriteClauses(structure, edits, query);
  rewriteLiterals(structure, edits);
  rewriteNames(structure, edits);
  rewriteTitles(structure, edits);
  return edits.apply();
}
