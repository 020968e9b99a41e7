// CSV (RFC 4180 with a delimiter of choice). DuckDB reads and writes it on both platforms; we fix what it would guess.
import { failure } from '../errors.ts';
import type { Column, OpenFile } from '../platform.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { rowsOf } from '../values/codec.ts';
import { copyOut } from './copy.ts';
import type { CsvReadOptions, CsvWriteOptions } from './csv.schema.ts';
import { duckdbTypeOf } from './datatypes.ts';
import { note, type FormatContext, type FormatReader, type FormatWriter } from './format.ts';
import { columnMap, createEmptyView, createView, readerCall } from './view.ts';

/** The types that inference may find, in DuckDB's order of trial. TIMESTAMPTZ only to recognise `…Z`: see `pin`. */
const candidates = ['BOOLEAN', 'BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'TIMESTAMPTZ', 'VARCHAR'];

export const readCsv: FormatReader<CsvReadOptions> = async (name, file, options, context) => {
  const { engine } = context.platform;
  const declared = options.schema.map((field) => ({ name: field.name, type: duckdbTypeOf(field.data_type) }));
  if (file.size === 0) return emptyCsv(name, file, declared, context);
  const dialect = {
    header: String(options.has_header),
    delim: quoteLiteral(options.delimiter),
    quote: quoteLiteral('"'),
    escape: quoteLiteral('"'),
  };
  const found = declared.length > 0 ? { columns: declared, settings: {} } : await inferCsv(file, dialect, context);
  const settings = { ...dialect, ...found.settings, auto_detect: 'false', columns: columnMap(found.columns) };
  await createView(engine, name, readerCall('read_csv', file.engineName, settings), context.work);
  return {};
};

export const writeCsv: FormatWriter<CsvWriteOptions> = (query, file, options, context) =>
  copyOut(query, file, context, {
    FORMAT: 'csv',
    HEADER: String(options.has_header),
    DELIMITER: quoteLiteral(options.delimiter),
  });

async function emptyCsv(name: string, file: OpenFile, declared: readonly Column[], context: FormatContext) {
  const columns = declared.length > 0 ? declared : [{ name: 'column_1', type: 'VARCHAR' }];
  if (declared.length === 0) {
    const message = `${file.location} is empty; ${name} has one column, column_1, and no rows.`;
    context.notify(note('file.no_columns', 'warning', message, 'Give the columns with `schema`.'));
  }
  await createEmptyView(context.platform.engine, name, columns, context.work);
  return { rows: 0 };
}

interface Inferred {
  readonly columns: readonly Column[];
  readonly settings: Readonly<Record<string, string>>;
}

/** Lets DuckDB sniff once and pins what it found, so that no later read can find something else. */
async function inferCsv(
  file: OpenFile,
  dialect: Readonly<Record<string, string>>,
  { platform, work }: FormatContext,
): Promise<Inferred> {
  const types = `[${candidates.map(quoteLiteral).join(', ')}]`;
  const call = readerCall('sniff_csv', file.engineName, { ...dialect, auto_type_candidates: types });
  const rows = await platform.engine.query(
    `SELECT Columns, NewLineDelimiter, DateFormat, TimestampFormat FROM ${call}`,
    { signal: work.signal },
  );
  for await (const batch of rows.batches) {
    const [row] = rowsOf(batch, rows.columns);
    if (row) return pin(row as SniffedRow, dialect['header'] === 'true');
  }
  throw failure('file.corrupt', `DuckDB found no CSV in ${file.location}.`);
}

type SniffedRow = [{ name: string; type: string }[], string | null, string | null, string | null];

function pin([sniffed, newLine, dateFormat, timestampFormat]: SniffedRow, header: boolean): Inferred {
  const columns = sniffed.map(({ name, type }, index) => ({
    // Without a header, columns are named as Aqueducts names them.
    name: header ? name : `column_${index + 1}`,
    // `2024-01-31T10:00:00Z` is a timestamp in UTC, as DataFusion has it; a zoned type would need icu.
    type: type === 'TIMESTAMP WITH TIME ZONE' ? 'TIMESTAMP' : type,
  }));
  const settings: Record<string, string> = {};
  if (newLine === '\\n' || newLine === '\\r\\n' || newLine === '\\r') settings['new_line'] = quoteLiteral(newLine);
  if (dateFormat) settings['dateformat'] = quoteLiteral(dateFormat);
  if (timestampFormat) settings['timestampformat'] = quoteLiteral(timestampFormat);
  return { columns, settings };
}
