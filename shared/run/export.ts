// All rows of a query as one file to take away, written as a destination would write them with its defaults.
import { csvWrite } from '../formats/csv.schema.ts';
import { jsonWrite } from '../formats/json.schema.ts';
import { parquetWrite } from '../formats/parquet.schema.ts';
import { writeArrow } from '../formats/arrow.ts';
import type { FormatContext } from '../formats/format.ts';
import { writers } from '../formats/index.ts';
import type { NewFile } from '../platform.ts';
import type { ExportFormat } from '../protocol/worker.ts';

/** Fills the file and answers how many rows it has; the caller commits or aborts. */
export function exportQuery(
  query: string,
  format: ExportFormat,
  file: NewFile,
  context: FormatContext,
): Promise<number> {
  switch (format) {
    case 'csv':
      return writers.csv(query, file, csvWrite.parse({ type: 'csv' }).options, context);
    case 'json':
      return writers.json(query, file, jsonWrite.parse({ type: 'json' }).options, context);
    case 'parquet':
      return writers.parquet(query, file, parquetWrite.parse({ type: 'parquet' }).options, context);
    case 'arrow':
      return writeArrow(query, file, null, context);
  }
}
