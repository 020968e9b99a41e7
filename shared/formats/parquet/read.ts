// Reading Apache Parquet: by native DuckDB, or in the browser by the platform's codec, a row group at a time.
import type { Column, Scan } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { duckdbTypeOf } from '../datatypes.ts';
import { note, type FormatContext, type FormatReader } from '../format.ts';
import type { ParquetReadOptions } from '../parquet.schema.ts';
import { createCastView, createView, readerCall } from '../view.ts';

export const readParquet: FormatReader<ParquetReadOptions> = async (name, file, options, context) => {
  const { engine, parquet } = context.platform;
  const declared = options.schema.map((field) => ({ name: field.name, type: duckdbTypeOf(field.data_type) }));
  const stored = declared.length > 0 ? `${name} (as stored)` : name;
  if (!parquet || engine.formats.has('parquet')) {
    const call = readerCall('read_parquet', file.engineName, {});
    const columns = await engine.describe(`FROM ${call}`, context.work);
    await createView(engine, stored, call, context.work);
    if (declared.length > 0) await castToDeclared(name, stored, columns, declared, context);
    return {};
  }
  const opened = await parquet.open(file, context.work);
  const scan = counted(opened.scan, opened.rows, file.size, context);
  const rows = await engine.feed(stored, opened.columns, scan, context.work);
  if (declared.length > 0) await castToDeclared(name, stored, opened.columns, declared, context);
  return { rows };
};

/** A declared schema replaces the file's: columns by name, cast; those that the file lacks are NULL, as in Aqueducts. */
async function castToDeclared(
  name: string,
  staged: string,
  stored: readonly Column[],
  declared: readonly Column[],
  { platform: { engine }, work, notify }: FormatContext,
): Promise<void> {
  const types = new Map(stored.map((column) => [column.name, column.type]));
  const missing = declared.filter((column) => !types.has(column.name)).map((column) => column.name);
  if (missing.length > 0) {
    notify(
      note('file.no_columns', 'warning', `${name} has no column ${missing.join(', ')} in its file: NULL is read.`),
    );
  }
  const items = declared.map(({ name: column }) =>
    types.has(column) ? quoteIdentifier(column) : `NULL AS ${quoteIdentifier(column)}`,
  );
  const from = declared.map(({ name: column }) => ({ name: column, type: types.get(column) ?? 'INTEGER' }));
  const expression = `(SELECT ${items.join(', ')} FROM ${quoteIdentifier(staged)})`;
  await createCastView(engine, name, expression, from, declared, work);
}

/** Reports what a scan has read: rows exactly, bytes in proportion. */
function counted(scan: Scan, total: number, size: number, context: FormatContext): Scan {
  return async function* report(columns, signal) {
    let rows = 0;
    for await (const batch of scan(columns, signal)) {
      yield batch;
      rows += batch.numRows;
      context.onRead(total === 0 ? size : Math.round((size * rows) / total), rows);
    }
  };
}
