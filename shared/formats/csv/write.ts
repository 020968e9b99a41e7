// CSV is written by DuckDB on both platforms.
import { quoteLiteral } from '../../sql/quote.ts';
import { isCsvText, tellText } from '../as-text.ts';
import { copyOut } from '../copy.ts';
import type { CsvWriteOptions } from '../csv.schema.ts';
import type { FormatWriter } from '../format.ts';

export const writeCsv: FormatWriter<CsvWriteOptions> = async (query, file, options, context) => {
  tellText('CSV', await context.platform.engine.describe(query, context.work), isCsvText, context);
  return copyOut(query, file, context, copyCsv(options));
};

/** The options of COPY. */
export function copyCsv({ has_header, delimiter, compression }: CsvWriteOptions): Record<string, string> {
  return {
    FORMAT: 'csv',
    HEADER: String(has_header),
    DELIMITER: quoteLiteral(delimiter),
    COMPRESSION: compression === 'gzip' ? 'gzip' : 'none',
  };
}
