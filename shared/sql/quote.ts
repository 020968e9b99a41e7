// Quoting for DuckDB SQL: a quote inside is doubled, and nothing else is special. A NUL character has no spelling at all.
import { failure } from '../errors.ts';

/** A name as an identifier, whatever it contains: `my "x"` → `"my ""x"""`. Throws `sql.syntax` for a NUL character. */
export function quoteIdentifier(name: string): string {
  requireNoNul('name', name);
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text as a string literal: `it's` → `'it''s'`. Throws `sql.syntax` for a NUL character. */
export function quoteLiteral(text: string): string {
  requireNoNul('text', text);
  return `'${text.replaceAll("'", "''")}'`;
}

function requireNoNul(what: string, text: string): void {
  if (!text.includes('\0')) return;
  const shown = JSON.stringify(text.slice(0, 40).replaceAll('\0', '␀'));
  throw failure('sql.syntax', `The ${what} ${shown} holds a NUL character (␀), which cannot stand in SQL.`, {
    hint: 'If it comes from a file, the file looks like UTF-16: save it as UTF-8.',
  });
}

/** An expression for any text: its parser takes a NUL for the end of the statement. */
export function textExpression(text: string): string {
  return text.includes('\0') ? `(${text.split('\0').map(quoteLiteral).join(' || chr(0) || ')})` : quoteLiteral(text);
}
