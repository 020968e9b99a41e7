// Quoting for DuckDB SQL: a quote inside is doubled, and nothing else is special.

/** A name as an identifier, whatever it contains: `my "x"` → `"my ""x"""`. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text as a string literal: `it's` → `'it''s'`. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An expression for any text: its parser takes a NUL for the end of the statement. */
export function textExpression(text: string): string {
  return text.includes('\0') ? `(${text.split('\0').map(quoteLiteral).join(' || chr(0) || ')})` : quoteLiteral(text);
}
