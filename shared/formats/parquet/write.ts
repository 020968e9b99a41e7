// Writing Apache Parquet, every value exactly: what Parquet has no equal type for is written as another, and told.
import { castQuery } from '../cast.ts';
import { copyOut } from '../copy.ts';
import { note, type FormatContext, type FormatWriter } from '../format.ts';
import type { ParquetWriteOptions } from '../parquet.schema.ts';
import { parquetType } from './types.ts';

export const writeParquet: FormatWriter<ParquetWriteOptions> = async (query, file, options, context) => {
  const { engine, parquet } = context.platform;
  const columns = await engine.describe(query, context.work);
  const { query: exact, changed } = castQuery(query, columns, parquetType);
  if (changed.length > 0) {
    context.notify(note('type.converted', 'info', `Parquet has no equal type, so it holds ${changed.join(', ')}.`));
  }
  if (!parquet || engine.formats.has('parquet')) {
    return copyOut(exact, file, context, {
      FORMAT: 'parquet',
      COMPRESSION: options.compression === 'lz4' ? 'lz4_raw' : options.compression,
      ...levelOf(options, context),
      ROW_GROUP_SIZE: String(options.rowGroupSize),
    });
  }
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
function levelOf({ compression, level }: ParquetWriteOptions, context: FormatContext): Record<string, string> {
  if (level === undefined) return {};
  if (compression === 'zstd') return { COMPRESSION_LEVEL: String(level) };
  context.notify(
    note('document.unsupported', 'warning', `${compression} is written at its default level, not at ${level}.`),
  );
  return {};
}
