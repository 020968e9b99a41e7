// Writing an Arrow IPC file (Apache Arrow columnar format, "IPC File Format"), to export rows; no document can name it.
// Columns are in the types of values/transport.ts: what Arrow cannot carry exactly is DuckDB's own text, and told.
import { RecordBatchFileWriter, type RecordBatch } from 'apache-arrow';
import type { Column, Engine, Work } from '../platform.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { parseType, printType } from '../sql/types.ts';
import { transportType } from '../values/transport.ts';
import { note, type FormatWriter } from './format.ts';

export const writeArrow: FormatWriter<null> = async (query, file, _options, { platform, work, notify }) => {
  const { columns, batches } = await platform.engine.query(query, work);
  const changed = columns.flatMap(({ name, type }) => {
    const carrier = printType(transportType(parseType(type)));
    return carrier === printType(parseType(type)) ? [] : [`${name} (${type}) as ${carrier}`];
  });
  if (changed.length > 0) {
    notify(note('type.converted', 'info', `Arrow has no equal type, so it holds ${changed.join(', ')}.`));
  }
  const writer = new RecordBatchFileWriter();
  let [rows, stopped] = [0, false];
  const fill = async (): Promise<void> => {
    try {
      for await (const batch of batches) {
        if (stopped) return;
        writer.write(batch);
        rows += batch.numRows;
      }
      if (rows === 0) writer.write(await emptyBatch(platform.engine, columns, work));
    } finally {
      writer.close();
    }
  };
  const store = async (): Promise<void> => {
    try {
      for await (const bytes of writer as AsyncIterable<Uint8Array>) await file.write(bytes);
    } finally {
      stopped = true;
    }
  };
  for (const outcome of await Promise.allSettled([fill(), store()])) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  return rows;
};

/** No rows, but columns: a result without rows may come without a batch that says what they are. */
async function emptyBatch(engine: Engine, columns: readonly Column[], work: Work): Promise<RecordBatch | null> {
  const items = columns.map(({ name, type }) => `NULL::${type} AS ${quoteIdentifier(name)}`);
  const { batches } = await engine.query(`SELECT ${items.join(', ')}`, work);
  let empty: RecordBatch | null = null;
  for await (const batch of batches) empty = batch.slice(0, 0);
  return empty;
}
