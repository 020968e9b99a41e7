// Rows to look at, as many as were asked for and as fit into an event.
import type { RecordBatch } from 'apache-arrow';
import type { Issue } from '../errors.ts';
import type { Engine, Work } from '../platform.ts';
import { limits } from '../protocol/limits.ts';
import type { Preview } from '../protocol/preview.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { encodeBatch } from '../values/ipc.ts';

/** The first rows of a relation, at most `limit`. One more is asked for, to tell whether there are more. */
export function showRows(engine: Engine, name: string, limit: number, work: Work): Promise<Preview> {
  return previewOf(engine, `SELECT * FROM ${quoteIdentifier(name)} LIMIT ${limit + 1}`, limit, work);
}

/**
 * The first `limit` rows of a query that gives few more; fewer where they, with the columns' names and types, take more than
 * so many bytes. Nothing more is read then.
 */
export async function previewOf(
  engine: Engine,
  query: string,
  limit: number,
  work: Work,
  bytes: number = limits.preview.bytes,
): Promise<Preview> {
  const { columns, batches } = await engine.query(query, work);
  const encoded: Uint8Array[] = [];
  let left = bytes - new TextEncoder().encode(JSON.stringify(columns)).byteLength;
  let rows = 0;
  for await (const batch of batches) {
    const wanted = batch.slice(0, limit - rows);
    const { shown, taken } = fitting(wanted, left);
    if (taken) encoded.push(taken);
    left -= taken?.byteLength ?? 0;
    if (shown < wanted.numRows) {
      return { columns, batches: encoded, rows: rows + shown, truncated: true, overBudget: true };
    }
    rows += batch.numRows;
  }
  return { columns, batches: encoded, rows: Math.min(rows, limit), truncated: rows > limit };
}

/** What is to be said of a preview that has fewer rows than were asked for. */
export function overBudgetNotice(name: string, { rows, overBudget }: Preview): Issue | undefined {
  if (!overBudget) return undefined;
  const [most, shown] = [limits.preview.bytes / 1024 ** 2, rows === 1 ? '1 row' : `${rows} rows`];
  const message = `${name} shows ${shown}: more would take over ${most} MiB.`;
  return { code: 'run.limit', severity: 'info', message, hint: 'A destination holds more.' };
}

/** The first rows of a batch that take at most so many bytes, encoded. */
function fitting(batch: RecordBatch, bytes: number): { readonly shown: number; readonly taken?: Uint8Array } {
  if (batch.numRows === 0) return { shown: 0 };
  const whole = encodeBatch(batch);
  if (whole.byteLength <= bytes) return { shown: batch.numRows, taken: whole };
  // what is known: `shown` rows fit, `beyond` rows do not
  let [shown, beyond] = [0, batch.numRows];
  let taken: Uint8Array | undefined;
  while (beyond - shown > 1) {
    const middle = (shown + beyond) >>> 1;
    const part = encodeBatch(batch.slice(0, middle));
    if (part.byteLength > bytes) beyond = middle;
    else [shown, taken] = [middle, part];
  }
  return taken ? { shown, taken } : { shown: 0 };
}
