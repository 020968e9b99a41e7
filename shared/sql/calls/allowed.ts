// Whether a query may call a function, by its name: DuckDB looks the name up in every schema, so the schema does not count.
import { macroDefinitions } from '../datafusion/macros.ts';
import { allowedByKind } from './allowed.generated.ts';
import { messageAgainst } from './refused.ts';

const allowed: ReadonlySet<string> = new Set([
  ...Object.values(allowedByKind).flatMap((names) => names.split(' ')),
  ...Object.keys(macroDefinitions),
]);

export type Verdict =
  | { readonly is: 'allowed' }
  /** On neither list: DuckDB does not have it, or has it anew. */
  | { readonly is: 'unknown' }
  | { readonly is: 'refused'; readonly message: string };

/** The verdict on a function of this name, whatever its case. */
export function verdictOn(name: string): Verdict {
  const lower = name.toLowerCase();
  const message = messageAgainst(lower);
  if (message !== undefined) return { is: 'refused', message };
  return { is: allowed.has(lower) ? 'allowed' : 'unknown' };
}
