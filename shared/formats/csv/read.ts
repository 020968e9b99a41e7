// CSV is read by DuckDB on both platforms, which gets to guess nothing: what is not declared is inferred here, once.
import { cancelled, failure } from '../../errors.ts';
import type { OpenFile } from '../../platform.ts';
import { engineCompression, verifyCompressed } from '../content.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { duckdbTypeOf } from '../datatypes.ts';
import { note, type FileInput, type FormatContext, type FormatReader, type OpenedRelation } from '../format.ts';
import { enginePartitions, partitionItems, withPartitions } from '../partitions.ts';
import { columnMap, createCastView, emptyRelation, readerCall } from '../view.ts';
import { engineDialect } from './dialect.ts';
import { inferColumns, openRecord, smallBuffer, type CsvColumn } from './infer.ts';
import type { FirstRecord } from './header.ts';

export const readCsv: FormatReader<CsvReadOptions> = async (input, options, context) => {
  const declared = options.schema.map((field): CsvColumn => {
    const type = duckdbTypeOf(field.data_type);
    return { name: field.name, type, readType: type };
  });
  const files = await openRecords(input.files, options, context);
  const model = files.find(({ record }) => record.more) ?? files[0];
  if (!model) return emptyCsv(input, declared, context);
  requireEqualHeaders(files, options);
  const columns = declared.length > 0 ? declared : await inferColumns(model.file, model.record, options, context);
  return relationOf({ ...input, files: files.map(({ file }) => file) }, columns, options);
};

interface OpenedRecord {
  readonly file: OpenFile;
  readonly record: FirstRecord;
}

/** The files that have any content, with their first record. */
async function openRecords(
  files: readonly OpenFile[],
  options: CsvReadOptions,
  context: FormatContext,
): Promise<OpenedRecord[]> {
  const opened: OpenedRecord[] = [];
  for (const file of files) {
    if (context.work.signal?.aborted) throw cancelled();
    const record = await openRecord(file, options);
    if (record) opened.push({ file, record });
  }
  return opened;
}

/** DuckDB takes the header of the first file for that of all. */
function requireEqualHeaders([first, ...others]: readonly OpenedRecord[], { has_header }: CsvReadOptions): void {
  if (!first || !has_header) return;
  const wanted = first.record.values;
  for (const { file, record } of others) {
    if (record.values.length === wanted.length && record.values.every((value, index) => value === wanted[index]))
      continue;
    throw failure('file.corrupt', `${file.location} has another header than ${first.file.location}.`, {
      hint: `Its columns are ${record.values.join(', ')} and not ${wanted.join(', ')}: read it by a source of its own.`,
    });
  }
}

function relationOf(input: FileInput, columns: readonly CsvColumn[], options: CsvReadOptions): OpenedRelation {
  const { files } = input;
  const stored = columns.map(({ name, readType }) => ({ name, type: readType }));
  const wanted = columns.map(({ name, type }) => ({ name, type }));
  const names = files.map((file) => file.engineName);
  const call = readerCall('read_csv', names, {
    ...engineDialect(options),
    columns: columnMap(stored),
    compression: engineCompression(files, options.compression, 'auto'),
    ...enginePartitions(input),
    // What comes over the network comes in pieces, between which a cancel is heard.
    ...(files.some((file) => file.remote) ? { buffer_size: smallBuffer } : {}),
  });
  return {
    columns: withPartitions(wanted, input),
    relate: async (relation, context) => {
      await verifyCompressed(files, options.compression, context);
      const { engine } = context.platform;
      await createCastView(engine, relation, call, stored, wanted, context.work, partitionItems(input));
      return {};
    },
  };
}

function emptyCsv(input: FileInput, declared: readonly CsvColumn[], context: FormatContext): OpenedRelation {
  const columns = declared.map(({ name, type }) => ({ name, type }));
  if (columns.length > 0) return emptyRelation(withPartitions(columns, input));
  const [file] = input.files;
  const what = input.files.length > 1 ? `The files of ${input.name} are` : `${file?.location ?? input.name} is`;
  const message = `${what} empty; ${input.name} has one column, column_1, and no rows.`;
  context.notify(note('file.no_columns', 'warning', message, 'Give the columns with `schema`.'));
  return emptyRelation(withPartitions([{ name: 'column_1', type: 'VARCHAR' }], input));
}
