// Rows to look at.
import type { Engine, Work } from '../platform.ts';
import type { Preview } from '../protocol/preview.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { encodeBatch } from '../values/ipc.ts';

/** The first rows of a relation, at most `limit`. One more is asked for, to tell whether there are more. */
export function showRows(engine: Engine, name: string, limit: number, work: Work): Promise<Preview> {
  return previewOf(engine, `SELECT * FROM ${quoteIdentifier(name)} LIMIT ${limit + 1}`, limit, work);
}

/** The first `limit` rows of a query that gives few more. */
export async function previewOf(engine: Engine, query: string, limit: number, work: Work): Promise<Preview> {
  const { columns, batches } = await engine.query(query, work);
  const encoded: Uint8Array[] = [];
  let rows = 0;
  for await (const batch of batches) {
    const shown = batch.slice(0, limit - rows);
    if (shown.numRows > 0) encoded.push(encodeBatch(shown));
    rows += batch.numRows;
  }
  return { columns, batches: encoded, rows: Math.min(rows, limit), truncated: rows > limit };
}
