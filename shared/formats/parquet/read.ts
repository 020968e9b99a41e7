// Reading Apache Parquet: by native DuckDB, or in the browser by the platform's codec. Several files are one relation with
// the columns of all of them (see union.ts).
import type { Column } from '../../platform.ts';
import {
  note,
  type FileInput,
  type FormatContext,
  type FormatReader,
  type OpenedRelation,
  type ReadContext,
} from '../format.ts';
import type { Misfit } from '../../sql/misfit.ts';
import type { ParquetReadOptions } from '../parquet.schema.ts';
import { withPartitions } from '../partitions.ts';
import { wantedColumn, type WantedColumn } from '../view.ts';
import { openDecoded } from './decoded.ts';
import { openNatively } from './native.ts';
import { columnOf, commonColumns, type FileColumns } from './union.ts';

/** Files that are named in a notice at most. */
const namedFiles = 3;

export const readParquet: FormatReader<ParquetReadOptions> = async (input, options, context) => {
  const { engine, parquet } = context.platform;
  const native = parquet === undefined || engine.formats.has('parquet');
  const opened = native ? await openNatively(input, context) : await openDecoded(input, parquet, context);
  const declared = options.schema.map(wantedColumn);
  const wanted = declared.length > 0 ? declared : commonColumns(opened.files);
  tellMissing(input, wanted, opened, context);
  tellRenamed(opened, context);
  return {
    columns: withPartitions(wanted, input),
    relate: (name, now) => opened.relate(name, wanted, now),
    placeOf: (misfit, now) => opened.placeOf(misfit, now),
    ...(opened.damageOf ? { damageOf: opened.damageOf } : {}),
  };
};

/** Parquet files whose columns are known, and which become a relation once it is known which of them are wanted. */
export interface OpenedFiles {
  readonly files: readonly (FileColumns & {
    /** The columns' names as the file has them, in order: those in `columns` are distinct without regard to case. */
    readonly names: readonly string[];
  })[];
  /** Where a value that does not fit stands, such as `Row 2 of a.parquet`, as far as it can be known. */
  placeOf: (misfit: Misfit, context: FormatContext) => Promise<string | undefined>;
  /** See `OpenedRelation`. */
  damageOf?: NonNullable<OpenedRelation['damageOf']>;
  relate: (name: string, wanted: readonly WantedColumn[], context: ReadContext) => Promise<{ rows?: number }>;
}

/** A declared schema replaces the files': columns by name, cast; those that a file lacks are NULL, as in Aqueducts. */
function tellMissing(
  { name, files }: FileInput,
  wanted: readonly Column[],
  opened: OpenedFiles,
  { notify }: FormatContext,
): void {
  const lackedBy = new Map(
    [...new Set(opened.files.map(({ columns }) => columns))].map((columns) => {
      return [columns, wanted.filter((column) => !columnOf(columns, column.name))] as const;
    }),
  );
  const everywhere = wanted.filter((column) => [...lackedBy.values()].every((lacked) => lacked.includes(column)));
  if (everywhere.length > 0) {
    const what = everywhere.map((column) => column.name).join(', ');
    const where = files.length > 1 ? 'any of its files' : 'its file';
    notify(note('file.no_columns', 'warning', `${name} has no column ${what} in ${where}: NULL is read.`));
  }
  const lacking = opened.files.flatMap(({ location, columns }) => {
    const missing = (lackedBy.get(columns) ?? []).filter((column) => !everywhere.includes(column));
    return missing.length === 0 ? [] : [`${location} has no ${missing.map((column) => column.name).join(', ')}`];
  });
  if (lacking.length === 0) return;
  const more = lacking.length > namedFiles ? `; and ${lacking.length - namedFiles} more files lack columns` : '';
  const told = `${lacking.slice(0, namedFiles).join('; ')}${more}: NULL is read there.`;
  notify(note('file.lacks_column', 'warning', told));
}

/** DuckDB's names know no upper and lower case, so that of `a` and `A` the second gets another name. */
function tellRenamed({ files }: OpenedFiles, { notify }: FormatContext): void {
  const told = files.flatMap(({ location, columns, names }) => {
    const renamed = columns.flatMap((column, index) => {
      const name = names[index] ?? column.name;
      return name === column.name ? [] : [`${name} is called ${column.name}`];
    });
    return renamed.length === 0
      ? []
      : [`${location} has columns whose names differ only in case: ${renamed.join(', ')}`];
  });
  if (told.length === 0) return;
  const more = told.length > namedFiles ? `; and ${told.length - namedFiles} more files` : '';
  notify(note('file.renamed_columns', 'info', `${told.slice(0, namedFiles).join('; ')}${more}.`));
}
