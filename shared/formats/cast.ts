// Casts a query's columns to the types that a format keeps exactly.
import type { Column } from '../platform.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { parseType, printType, type DuckDBType } from '../sql/types.ts';

/** The query with each column in the type that `typeOf` gives for its own, and what has changed, for people. */
export function castQuery(
  query: string,
  columns: readonly Column[],
  typeOf: (type: DuckDBType) => DuckDBType,
  castOf = (item: string, _: Column, type: string): string => `CAST(${item} AS ${type})`,
): { readonly query: string; readonly changed: readonly string[] } {
  const changed: string[] = [];
  const items = columns.map((column) => {
    const identifier = quoteIdentifier(column.name);
    const type = printType(typeOf(parseType(column.type)));
    if (type === column.type) return identifier;
    changed.push(`${column.name} (${column.type}) as ${type}`);
    return `${castOf(identifier, column, type)} AS ${identifier}`;
  });
  return { query: changed.length === 0 ? query : `SELECT ${items.join(', ')} FROM (\n${query}\n)`, changed };
}
