// Writing Apache Parquet, every value exactly: what Parquet has no equal type for is written as another, and told.
import { castQuery } from '../cast.ts';
import { copyOut } from '../copy.ts';
import { note, type FormatContext, type FormatWriter } from '../format.ts';
import type { ParquetWriteOptions } from '../parquet.schema.ts';
import { parquetType } from './types.ts';

/** What a document gets that names no level (formats/parquet.schema.ts). */
const defaultZstdLevel = 3;

/** Rows of a vector of DuckDB's. */
const smallestGroup = 2048;

export const writeParquet: FormatWriter<ParquetWriteOptions> = async (query, file, options, context) => {
  const { engine, parquet } = context.platform;
  const columns = await engine.describe(query, context.work);
  const { query: exact, changed } = castQuery(query, columns, parquetType);
  if (changed.length > 0) {
    context.notify(note('type.converted', 'info', `Parquet has no equal type, so it holds ${changed.join(', ')}.`));
  }
  if (!parquet || engine.formats.has('parquet')) {
    tellGroups(options, context);
    return copyOut(exact, file, context, {
      FORMAT: 'parquet',
      COMPRESSION: options.compression === 'lz4' ? 'lz4_raw' : options.compression,
      ...levelOf(options, context),
      ROW_GROUP_SIZE: String(options.rowGroupSize),
    });
  }
  tellLevel(options, context);
  const rows = await engine.query(exact, context.work);
  let written = 0;
  async function* counted() {
    for await (const batch of rows.batches) {
      written += batch.numRows;
      yield batch;
    }
  }
  for await (const bytes of parquet.write(counted(), options, context.work)) await file.write(bytes);
  return written;
};

/** DuckDB takes a level for zstd only. */
function levelOf(options: ParquetWriteOptions, context: FormatContext): Record<string, string> {
  if (options.compression === 'zstd' && options.level !== undefined)
    return { COMPRESSION_LEVEL: String(options.level) };
  tellLevel(options, context);
  return {};
}

/** DuckDB's row groups hold whole vectors. */
function tellGroups({ rowGroupSize }: ParquetWriteOptions, { notify }: FormatContext): void {
  if (rowGroupSize >= smallestGroup) return;
  const message = `Row groups hold up to ${smallestGroup} rows here: ${rowGroupSize} is less than DuckDB can do.`;
  notify(note('document.unsupported', 'warning', message));
}

/** Tells that a level has no effect here; a codec's own default needs no word. */
function tellLevel({ compression, level }: ParquetWriteOptions, { notify }: FormatContext): void {
  if (level === undefined || (compression === 'zstd' && level === defaultZstdLevel)) return;
  const message = `${compression} is written at its default level here, not at ${level}.`;
  notify(note('document.unsupported', 'warning', message));
}
