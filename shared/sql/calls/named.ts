// The calls that a text names, read from its tokens. A name has no escapes in DuckDB's SQL: it stands as it is, bare or in
// quotes, right before its parenthesis. This alone decides in the browser, whose DuckDB has no `json_serialize_sql`.
import { isWord, tokensOf, type Token } from '../tokens.ts';
import { verdictOn } from './allowed.ts';
import type { Refusal } from './refusal.ts';

/** How deep texts may stand in texts: `query('FROM query(''…'')')`. */
const mostLevels = 8;

export const unclear = {
  query: 'query cannot be used with anything but one text in quotes here.',
  levels: 'query is called within the text of query too often.',
} as const;

/** The first call of a refused function in a text, also inside of the text that `query` runs. */
export function refusedByName(sql: string, levels = mostLevels): Refusal | undefined {
  const tokens = tokensOf(sql);
  for (const [index, token] of tokens.entries()) {
    if (!isCall(tokens, index)) continue;
    const name = token.value.toLowerCase();
    const verdict = verdictOn(name);
    const message = verdict.is === 'refused' ? verdict.message : undefined;
    const found = message ?? (name === 'query' ? refusalOfQuery(tokens, index + 2, levels) : undefined);
    if (found !== undefined) return { message: found, offset: token.offset };
  }
  return undefined;
}

/** Where a text calls a function of this name first; 0 where it does not by itself. */
export function offsetOfCall(sql: string, name: string): number {
  const tokens = tokensOf(sql);
  const found = tokens.find(({ value }, index) => isCall(tokens, index) && value.toLowerCase() === name.toLowerCase());
  return found?.offset ?? 0;
}

function isCall(tokens: readonly Token[], index: number): boolean {
  const kind = tokens[index]?.kind;
  if ((kind !== 'identifier' && kind !== 'quoted') || tokens[index + 1]?.text !== '(') return false;
  // The columns of a new table, which may be called like a function; nothing is called behind the word TABLE.
  return !(isWord(tokens[0], 'CREATE') && isWord(tokens[index - 1], 'TABLE'));
}

/** `query` takes one constant. Names count as texts there, and a list of names belongs to a CTE. */
function refusalOfQuery(tokens: readonly Token[], start: number, levels: number): string | undefined {
  if (levels === 0) return unclear.levels;
  const end = tokens.findIndex((token, index) => index >= start && token.text === ')');
  const inner = tokens.slice(start, end < 0 ? undefined : end).filter(({ text }) => text !== ',');
  if (inner.some(({ kind }) => kind !== 'string' && kind !== 'identifier' && kind !== 'quoted')) return unclear.query;
  return inner.map(({ value }) => refusedByName(value, levels - 1)?.message).find((message) => message !== undefined);
}
