// How the values of a CSV file are parted and quoted (RFC 4180, with other characters by choice).
import { quoteLiteral } from '../../sql/quote.ts';
import type { CsvReadOptions } from '../csv.schema.ts';

export type Dialect = Pick<
  CsvReadOptions,
  'delimiter' | 'quote' | 'escape' | 'has_header' | 'null_value' | 'max_line_size'
>;

/** The dialect as options of DuckDB's reader, which must guess nothing. */
export function engineDialect({
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
