// What surrounds each token of a query, found in one pass.
import type { Token } from '../../tokens.ts';

export interface Levels {
  /** For each token the index of the bracket that it stands in. */
  readonly parents: readonly (number | undefined)[];
  /** For each token the last word before it, in the same brackets, that begins a clause. */
  readonly clauses: readonly (string | undefined)[];
  /** The parentheses that open a row of VALUES. */
  readonly rows: ReadonlySet<number>;
}

const clauseWords = new Set(['SELECT', 'FROM', 'WHERE', 'BY', 'HAVING', 'VALUES', 'WITH', 'LIMIT', 'ON']);

/** `words` are the tokens' in capitals, where they are not quoted. */
export function levelsOf(
  words: readonly (string | undefined)[],
  tokens: readonly Token[],
  partner: ReadonlyMap<number, number>,
): Levels {
  const parents: (number | undefined)[] = [];
  const clauses: (string | undefined)[] = [];
  const rows = new Set<number>();
  const open: { readonly index: number | undefined; clause: string | undefined }[] = [];
  let level: { readonly index: number | undefined; clause: string | undefined } = {
    index: undefined,
    clause: undefined,
  };
  for (const [index, word] of words.entries()) {
    const other = partner.get(index);
    if (other !== undefined && other < index) level = open.pop() ?? level;
    parents.push(level.index);
    clauses.push(level.clause);
    if (word !== undefined && clauseWords.has(word)) level.clause = word;
    if (other === undefined || other < index) continue;
    const follows = tokens[index - 1]?.text === ',' && rows.has(partner.get(index - 2) ?? -1);
    if (words[index - 1] === 'VALUES' || follows) rows.add(index);
    open.push(level);
    level = { index, clause: undefined };
  }
  return { parents, clauses, rows };
}
