// How the values of a CSV file are parted and quoted (RFC 4180, with other characters by choice).
import type { OpenFile } from '../../platform.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { engineCompression } from '../content.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { columnMap, readerCall } from '../view.ts';

export type Dialect = Pick<
  CsvReadOptions,
  'delimiter' | 'quote' | 'escape' | 'has_header' | 'null_value' | 'max_line_size'
>;

/** A FROM item over files that have these columns: their values as texts, as they stand there. */
export function textsOf(
  files: readonly OpenFile[],
  names: readonly string[],
  options: CsvReadOptions,
  more: Readonly<Record<string, string>> = { hive_partitioning: 'false' },
): string {
  const paths = files.map((file) => file.engineName);
  return readerCall('read_csv', paths, {
    ...engineDialect(options),
    columns: columnMap(names.map((name) => ({ name, type: 'VARCHAR' }))),
    compression: engineCompression(files, options.compression, 'auto'),
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
    max_line_size: String(max_line_size),
  };
}
