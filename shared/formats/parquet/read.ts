// Reading Apache Parquet: by native DuckDB, or in the browser by the platform's codec. Several files are one relation with
// the columns of the first; the others' are matched by name and read as its types.
import type { Column } from '../../platform.ts';
import { duckdbTypeOf } from '../datatypes.ts';
import { note, type FileInput, type FormatContext, type FormatReader } from '../format.ts';
import type { ParquetReadOptions } from '../parquet.schema.ts';
import { withPartitions } from '../partitions.ts';
import { openDecoded } from './decoded.ts';
import { openNatively } from './native.ts';

/** Files that are named in a notice at most. */
const namedFiles = 3;

export const readParquet: FormatReader<ParquetReadOptions> = async (input, options, context) => {
  const { engine, parquet } = context.platform;
  const native = parquet === undefined || engine.formats.has('parquet');
  const opened = native ? await openNatively(input, context) : await openDecoded(input, parquet, context);
  const declared = options.schema.map((field) => ({ name: field.name, type: duckdbTypeOf(field.data_type) }));
  const wanted = declared.length > 0 ? declared : opened.columns;
  tellMissing(input, wanted, opened, context);
  return { columns: withPartitions(wanted, input), relate: (name, now) => opened.relate(name, wanted, now) };
};

/** Parquet files whose columns are known, and which become a relation once it is known which of them are wanted. */
export interface OpenedFiles {
  /** The first file's. */
  readonly columns: readonly Column[];
  /** The names of each file's columns. */
  readonly names: readonly ReadonlySet<string>[];
  relate: (
    name: string,
    wanted: readonly Column[],
    context: Parameters<typeof openDecoded>[2],
  ) => Promise<{ rows?: number }>;
}

/** A declared schema replaces the file's: columns by name, cast; those that a file lacks are NULL, as in Aqueducts. */
function tellMissing(
  { name, files }: FileInput,
  wanted: readonly Column[],
  { names }: OpenedFiles,
  { notify }: FormatContext,
): void {
  const everywhere = wanted.filter((column) => names.every((each) => !each.has(column.name)));
  if (everywhere.length > 0) {
    const what = everywhere.map((column) => column.name).join(', ');
    const where = files.length > 1 ? 'any of its files' : 'its file';
    notify(note('file.no_columns', 'warning', `${name} has no column ${what} in ${where}: NULL is read.`));
  }
  const lacking = files.flatMap((file, index) => {
    const missing = wanted.filter((column) => !everywhere.includes(column) && names[index]?.has(column.name) === false);
    return missing.length === 0 ? [] : [`${file.location} has no ${missing.map((column) => column.name).join(', ')}`];
  });
  if (lacking.length === 0) return;
  const more = lacking.length > namedFiles ? `; and ${lacking.length - namedFiles} more files lack columns` : '';
  const told = `${lacking.slice(0, namedFiles).join('; ')}${more}: NULL is read there.`;
  notify(note('file.lacks_column', 'warning', told));
}
