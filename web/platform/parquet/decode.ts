// The rows of a Parquet file, decoded in a Worker of their own: one row group at a time, only the wanted columns.
import type { RecordBatch } from 'apache-arrow';
import { failure, SluiceError } from '../../../shared/errors.ts';
import { decodeBatches } from '../../../shared/values/ipc.ts';
import type { BlobFile } from '../blob-file.ts';
import { adaptBatch, emptyColumns } from './adapt.ts';
import { Codec } from './codec.ts';
import { corrupt, type Footer } from './footer.ts';
import { withoutArrowSchema } from './hint.ts';

/** Rows of a batch at most: a row group of DuckDB's own. */
const batchSize = 122_880;

/** Yields all rows: file.corrupt, type.unsupported, run.cancelled. */
export async function* decodeParquet(
  file: BlobFile,
  footer: Footer,
  names: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordBatch> {
  const columns = names.map((name) => {
    const column = footer.columns.find((candidate) => candidate.name === name);
    if (!column) throw failure('internal', `${file.location} has no column ${name}.`);
    return column;
  });
  const codec = await Codec.start(signal, (why) => corrupt(file, 'its data is damaged.', why));
  try {
    const blob = await withoutArrowSchema(file);
    await codec.ask({ kind: 'read', file: blob, columns: columns.map(({ source }) => source), batchSize }, [], 'done');
    let rows = 0;
    // One batch ahead: it is decoded while the caller uses the one before.
    let next = codec.ask({ kind: 'next' }, [], 'batch', 'done');
    for (let answer = await next; answer.kind === 'batch'; answer = await next) {
      next = codec.ask({ kind: 'next' }, [], 'batch', 'done');
      next.catch(() => undefined); // told when it is awaited, unless the caller stops before
      for (const batch of decodeBatches(answer.batch)) {
        rows += batch.numRows;
        yield adaptBatch(batch, columns);
      }
    }
    if (rows !== footer.rows) throw corrupt(file, `its footer counts ${footer.rows} rows, but ${rows} were found.`);
  } catch (thrown) {
    throw thrown instanceof SluiceError ? thrown : corrupt(file, 'its data is damaged.', thrown);
  } finally {
    codec.stop();
  }
}

/** Yields the rows of no column. */
export function rowsOnly({ rowGroups }: Footer): AsyncIterable<RecordBatch> {
  const batches = rowGroups.map(emptyColumns).values();
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(batches.next()) }) };
}
