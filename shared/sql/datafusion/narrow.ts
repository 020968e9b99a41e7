// DataFusion has no integers of more than 64 bits: what DuckDB makes a HUGEINT, such as a sum, leaves a stage as a BIGINT.
// A sum that does not fit fails, where DataFusion would begin again at the smallest number.
import type { Column } from '../../platform.ts';
import { quoteIdentifier } from '../quote.ts';
import { wrapQuery } from '../statement.ts';

const narrower: Readonly<Record<string, string>> = { HUGEINT: 'BIGINT', UHUGEINT: 'UBIGINT' };

/** The query with its columns in types that DataFusion has; `columns` are the query's, with names of their own. */
export function narrowTypes(
  sql: string,
  columns: readonly Column[],
): { readonly sql: string; readonly columns: readonly Column[] } {
  if (columns.every(({ type }) => narrower[type] === undefined)) return { sql, columns };
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const selected = columns.map(({ type }, index) => {
    const to = narrower[type];
    return to === undefined ? names[index] : `CAST(${names[index]} AS ${to}) AS ${names[index]}`;
  });
  const wrapped = wrapQuery(`SELECT ${selected.join(', ')} FROM (`, sql, `) AS narrow__(${names.join(', ')})`);
  return { sql: wrapped.sql, columns: columns.map(({ name, type }) => ({ name, type: narrower[type] ?? type })) };
}
