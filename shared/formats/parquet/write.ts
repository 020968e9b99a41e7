// Writing Apache Parquet, every value exactly: what Parquet has no equal type for is written as another, and told.
import type { Column } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { parseType, printType } from '../../sql/types.ts';
import { copyOut } from '../copy.ts';
import { note, type FormatContext, type FormatWriter } from '../format.ts';
import type { ParquetWriteOptions } from '../parquet.schema.ts';
import { parquetType } from './types.ts';

export const writeParquet: FormatWriter<ParquetWriteOptions> = async (query, file, options, context) => {
  const { engine, parquet } = context.platform;
  const columns = await engine.describe(query, context.work);
  const exact = parquetQuery(query, columns, context);
  if (!parquet || engine.formats.has('parquet')) {
    return copyOut(exact, file, context, {
      FORMAT: 'parquet',
      COMPRESSION: options.compression === 'lz4' ? 'lz4_raw' : options.compression,
      ...(options.level === undefined ? {} : { COMPRESSION_LEVEL: String(options.level) }),
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

function parquetQuery(query: string, columns: readonly Column[], context: FormatContext): string {
  const changed: string[] = [];
  const items = columns.map((column) => {
    const identifier = quoteIdentifier(column.name);
    const type = printType(parquetType(parseType(column.type)));
    if (type === column.type) return identifier;
    changed.push(`${column.name} (${column.type}) as ${type}`);
    return `CAST(${identifier} AS ${type}) AS ${identifier}`;
  });
  if (changed.length === 0) return query;
  context.notify(note('type.converted', 'info', `Parquet has no equal type, so it holds ${changed.join(', ')}.`));
  return `SELECT ${items.join(', ')} FROM (\n${query}\n)`;
}
