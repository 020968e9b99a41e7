// Writing Apache Parquet, every value exactly: what Parquet has no equal type for is written as another, and told.
import { failure, SluiceError } from '../../errors.ts';
import type { Column, NewFile, ParquetCodec } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { parseType } from '../../sql/types.ts';
import { castQuery } from '../cast.ts';
import { copyOut } from '../copy.ts';
import { exactCast } from '../exact-cast.ts';
import { note, type FormatContext, type FormatWriter } from '../format.ts';
import type { ParquetWriteOptions } from '../parquet.schema.ts';
import { withinRange } from './range.ts';
import { parquetType } from './types.ts';

/** What a document gets that names no level (formats/parquet.schema.ts). */
const defaultZstdLevel = 3;

/** Rows of a vector of DuckDB's. */
const smallestGroup = 2048;

export const writeParquet: FormatWriter<ParquetWriteOptions> = async (query, file, options, context) => {
  const { engine, parquet } = context.platform;
  const columns = await engine.describe(query, context.work);
  const { query: cast, changed } = castQuery(query, columns, parquetType, exactItem);
  const exact = finiteQuery(cast, columns);
  if (changed.length > 0) {
    context.notify(note('type.converted', 'info', `Parquet has no equal type, so it holds ${changed.join(', ')}.`));
  }
  if (!parquet || engine.formats.has('parquet')) {
    tellGroups(options, context);
    return explained(
      copyOut(exact, file, context, {
        FORMAT: 'parquet',
        COMPRESSION: options.compression === 'lz4' ? 'lz4_raw' : options.compression,
        ...levelOf(options, context),
        ROW_GROUP_SIZE: String(options.rowGroupSize),
      }),
    );
  }
  tellLevel(options, context);
  return explained(encode(exact, file, options, parquet, context));
};

async function encode(
  query: string,
  file: NewFile,
  options: ParquetWriteOptions,
  parquet: ParquetCodec,
  { platform, work }: FormatContext,
): Promise<number> {
  const rows = await platform.engine.query(query, work);
  let written = 0;
  async function* counted() {
    for await (const batch of rows.batches) {
      written += batch.numRows;
      yield batch;
    }
  }
  for await (const bytes of parquet.write(counted(), options, work)) await file.write(bytes);
  return written;
}

/** What a value that does not fit is said to be of, since it is of no source. */
const destination = '';

/** Integers of 128 bits have up to 39 digits, and Parquet's decimals no more than 38 that DuckDB writes. */
function exactItem(item: string, column: Column, type: string): string {
  if (!/HUGEINT/.test(column.type)) return `CAST(${item} AS ${type})`;
  return exactCast(item, parseType(column.type), parseType(type), {
    relation: destination,
    column: column.name,
    type: column.type,
  });
}

/** Parquet has no infinite dates; DuckDB would write the outermost ones for them. */
function finiteQuery(query: string, columns: readonly Column[]): string {
  const items = columns.map(({ name, type }) => {
    const item = quoteIdentifier(name);
    const checked = withinRange(item, parseType(type), { relation: destination, column: name, type });
    return checked === item ? item : `${checked} AS ${item}`;
  });
  const changed = items.some((item, index) => item !== quoteIdentifier(columns[index]?.name ?? ''));
  return changed ? `SELECT ${items.join(', ')} FROM (\n${query}\n)` : query;
}

async function explained(writing: Promise<number>): Promise<number> {
  try {
    return await writing;
  } catch (thrown) {
    const misfit = thrown instanceof SluiceError ? thrown.issue.misfit : undefined;
    if (misfit?.relation !== destination) throw thrown;
    const { column, type, text } = misfit;
    const what = text === undefined ? `a ${type} that is infinite or beyond all dates` : `${text}, a ${type}`;
    throw failure('type.unsupported', `Column ${column} has ${what}, which Parquet cannot hold.`, {
      hint: 'Replace the value in a stage, or cast the column to VARCHAR.',
    });
  }
}

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
