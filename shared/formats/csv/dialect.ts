// How the values of a CSV file are parted and quoted (RFC 4180, with other characters by choice).
import { quoteLiteral } from '../../sql/quote.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { columnMap, readerCall } from '../view.ts';
import type { NamedFile } from './columns.ts';

export type Dialect = Pick<
  CsvReadOptions,
  'delimiter' | 'quote' | 'escape' | 'has_header' | 'null_value' | 'max_line_size'
>;

/** A FROM item over files that are alike: their values as texts, as they stand there. */
export function textsOf(
  alike: readonly NamedFile[],
  options: CsvReadOptions,
  more: Readonly<Record<string, string>> = { hive_partitioning: 'false' },
): string {
  const files = alike.map(({ file }) => file);
  const [{ names, newline = '\n', compressed } = { names: [], compressed: false }] = alike;
  const paths = files.map((file) => file.engineName);
  return readerCall('read_csv', paths, {
    ...engineDialect(options),
    // DuckDB would take the first line break that it meets, which may be one in quotes, and lose the rows behind it.
    new_line: quoteLiteral(JSON.stringify(newline).slice(1, -1)),
    columns: columnMap(names.map((name) => ({ name, type: 'VARCHAR' }))),
    compression: quoteLiteral(compressed ? 'gzip' : 'uncompressed'),
    ...more,
  });
}

/** The dialect as options of DuckDB's reader, which must guess nothing. */
function engineDialect({
  delimiter,
  quote,
  escape = quote,
  has_header,
  null_value,
  max_line_size,
}: Dialect): Record<string, string> {
  return {
    auto_detect: 'false',
    header: String(has_header),
    delim: quoteLiteral(delimiter),
    quote: quoteLiteral(quote),
    escape: quoteLiteral(quote === '' ? '' : escape),
    nullstr: quoteLiteral(null_value),
    allow_quoted_nulls: 'false',
    max_line_size: String(max_line_size),
  };
}
