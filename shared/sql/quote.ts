// Quoting for DuckDB SQL: a quote inside is doubled, and nothing else is special.

/** A name as an identifier, whatever it contains: `my "x"` → `"my ""x"""`. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text as a string literal: `it's` → `'it''s'`. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
