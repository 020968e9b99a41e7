// One file, or a folder that DuckDB parts, in the format of a destination.
import { compressionFor } from '../formats/compression.schema.ts';
import { writers } from '../formats/index.ts';
import type { WriteContext } from '../formats/format.ts';
import type { NewFile } from '../platform.ts';
import type { FileDestination } from './file.schema.ts';

type Format = FileDestination['format'];

/** Answers the number of rows. */
export function writeFormat(query: string, format: Format, file: NewFile, context: WriteContext): Promise<number> {
  switch (format.type) {
    case 'csv':
      return writers.csv(query, file, format.options, context);
    case 'json':
      return writers.json(query, file, format.options, context);
    case 'parquet':
      return writers.parquet(query, file, format.options, context);
  }
}

/** What the names of files in a folder end in, as DuckDB ends them. */
export function endingOf({ type, options }: Format): string {
  return type !== 'parquet' && options.compression === 'gzip' ? `${type}.gz` : type;
}

/** The format of a single file, whose name says whether it is compressed where the document does not. */
export function formatFor(format: Format, location: string): Format {
  switch (format.type) {
    case 'csv':
      return {
        ...format,
        options: { ...format.options, compression: compressionFor(format.options.compression, location) },
      };
    case 'json':
      return { ...format, options: { compression: compressionFor(format.options.compression, location) } };
    case 'parquet':
      return format;
  }
}
