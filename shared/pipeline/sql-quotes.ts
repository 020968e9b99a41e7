// In which quotes of a SQL text a parameter stands, so that its value cannot end them.
import { scan, type Token } from '../sql/tokens.ts';
import type { Span } from './syntax/text.ts';

/** Makes a value safe for the place at `offset`, where it replaces a parameter. Offsets must rise from call to call. */
export type Escape = (value: string, offset: number) => string;

/**
 * Reads a SQL text whose parameters are given by their spans. Inside of '…', E'…' and "…" a value's quotes are
 * doubled; elsewhere a value is SQL text like any other.
 */
export function sqlEscape(sql: string, parameters: readonly Span[]): Escape {
  const tokens = [...scan(mask(sql, parameters))];
  let at = 0;
  return (value, offset) => {
    while ((tokens[at + 1]?.offset ?? Infinity) <= offset) at++;
    return escapeIn(tokens[at], offset, value);
  };
}

/** A parameter reads like a name of the same length, so that its `$` and braces begin nothing. */
function mask(sql: string, parameters: readonly Span[]): string {
  let [masked, at] = ['', 0];
  for (const { start, end } of parameters) {
    masked += sql.slice(at, start) + '_'.repeat(end - start);
    at = end;
  }
  return masked + sql.slice(at);
}

function escapeIn(token: Token | undefined, offset: number, value: string): string {
  if (!token || offset <= token.offset || offset >= token.offset + token.text.length) return value;
  // An error token is a quote that is never closed; DuckDB will say so.
  if (token.kind !== 'string' && token.kind !== 'quoted' && token.kind !== 'error') return value;
  switch (token.text[0]) {
    case "'":
      return value.replaceAll("'", "''");
    case '"':
      return value.replaceAll('"', '""');
    case 'e':
    case 'E':
      return value.replaceAll('\\', '\\\\').replaceAll("'", "''");
    default:
      return value; // a dollar-quoted string, where nothing can be escaped
  }
}
