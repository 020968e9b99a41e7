// The functions that a query may call, from its tokens: every name before a parenthesis that is not the name of a CTE.
// Keywords such as IN come along, for a keyword may name a function as well; who asks has a list of functions.
import { isWord, tokensOf, type Token } from '../sql/tokens.ts';

export interface Call {
  /** In lower case. */
  readonly name: string;
  /** UTF-16 offset of the name in the query. */
  readonly offset: number;
}

export function callsIn(sql: string): Call[] {
  const tokens = tokensOf(sql);
  return tokens.flatMap((token, index) => {
    const isName = token.kind === 'identifier' || token.kind === 'quoted';
    if (!isName || tokens[index + 1]?.text !== '(' || isCteName(tokens, index)) return [];
    return [{ name: token.value.toLowerCase(), offset: token.offset }];
  });
}

/** Whether the name and its column list are followed by `AS (` or `AS MATERIALIZED (`. */
function isCteName(tokens: readonly Token[], index: number): boolean {
  let [depth, end] = [0, index + 1];
  for (; end < tokens.length; end++) {
    if (tokens[end]?.text === '(') depth += 1;
    if (tokens[end]?.text === ')') depth -= 1;
    if (depth === 0) break;
  }
  const after = tokens[end + 2];
  return isWord(tokens[end + 1], 'AS') && (after?.text === '(' || isWord(after, 'MATERIALIZED', 'NOT'));
}
