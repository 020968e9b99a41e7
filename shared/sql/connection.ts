// What an engine supplies for one DuckDB connection, and what is read of its results.
import type { RecordBatch } from 'apache-arrow';

/** A result as a connection hands it over. `batches` may be empty; returning it early ends the statement. */
export interface RawRows {
  readonly batches: AsyncIterableIterator<RecordBatch>;
  /** Rows that the statement changed or wrote, known once `batches` is drained, where DuckDB says so. */
  readonly touched?: () => number | undefined;
}

/**
 * One DuckDB connection, which runs one statement at a time. The engine has `errors_as_json` and `explain_output = 'all'`
 * set, and closing a connection rolls back what it has not committed.
 */
export interface Connection {
  /** New work begins: an interrupt of the work before no longer counts. */
  begin(): void;
  /** Starts a statement; resolves when its first rows are ready or it is done. */
  start(statement: string, onProgress?: (fraction: number) => void): Promise<RawRows>;
  /** Makes the statement that runs now fail soon, and every later one of this work. */
  interrupt(): void;
  /** Adds the rows of a batch to a table whose columns it has, in the same order. */
  append(table: string, batch: RecordBatch): Promise<void>;
  /** Makes everything appended visible to other connections, where `append` may hold rows back to add many at once. */
  flush?(): Promise<void>;
  close(): void;
}

/** The first two columns of a short result, as text. */
export async function pairs({ batches }: RawRows): Promise<[string, string][]> {
  const rows: [string, string][] = [];
  for await (const batch of batches) {
    const [first, second] = [batch.getChildAt(0), batch.getChildAt(1)];
    for (let row = 0; row < batch.numRows; row++) rows.push([String(first?.get(row)), String(second?.get(row))]);
  }
  return rows;
}

/** Runs a result to its end, for its effect. */
export async function drain(result: RawRows): Promise<void> {
  let step = await result.batches.next();
  while (!step.done) step = await result.batches.next();
}
