// The columns of a CSV file: names from its header, types from its first rows, by the same code on both platforms.
import { failure } from '../../errors.ts';
import type { Column, OpenFile, Platform } from '../../platform.ts';
import { decodersOf } from '../../values/codec.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { beginningOf, engineCompression, requireFormat } from '../content.ts';
import { explainFile } from '../explain.ts';
import { note, type FormatContext } from '../format.ts';
import { columnMap, readerCall } from '../view.ts';
import { engineDialect } from './dialect.ts';
import { firstRecord, type FirstRecord } from './header.ts';
import { isSettled, readTypeOf, typeOf, widen, type ColumnShape } from './observe.ts';

/** Rows that inference looks at. */
const sampleRows = 20_480;
/** Bytes that DuckDB reads at a time for it; not less than the longest line that it takes. */
export const smallBuffer = String(2 * 1024 * 1024);

export interface CsvColumn extends Column {
  /** The type under which DuckDB reads it; it is cast to `type` then. */
  readonly readType: string;
}

/** The first record of a file, which must be CSV. Undefined where it has no content. */
export async function openRecord(file: OpenFile, options: CsvReadOptions): Promise<FirstRecord | undefined> {
  if (file.size === 0) return undefined;
  await requireFormat(file, 'CSV', options.compression);
  return firstRecord(beginningOf(file, options.compression), options, file.location);
}

/** The columns' types from the first rows of a file that has some. */
export async function inferColumns(
  file: OpenFile,
  record: FirstRecord,
  options: CsvReadOptions,
  context: FormatContext,
): Promise<CsvColumn[]> {
  const names = namesOf(file, record, options.has_header, context);
  const hasRows = record.more || !options.has_header;
  const shapes = hasRows ? await observe(file, names, options, context.platform, context) : [];
  return names.map((name, index) => {
    const shape = shapes[index] ?? { kind: 'unknown' };
    if (shape.reason !== undefined) {
      const message = `Column ${name} of ${file.location} is read as text: it has ${shape.reason}.`;
      context.notify(note('type.kept_as_text', 'info', message, 'Declare the columns with `schema`, or cast it.'));
    }
    return { name, type: typeOf(shape), readType: readTypeOf(shape) };
  });
}

async function observe(
  file: OpenFile,
  names: readonly string[],
  options: CsvReadOptions,
  { engine }: Platform,
  { work }: FormatContext,
): Promise<ColumnShape[]> {
  const columns = names.map((name) => ({ name, type: 'VARCHAR' }));
  const call = readerCall('read_csv', file.engineName, {
    ...engineDialect(options),
    columns: columnMap(columns),
    compression: engineCompression([file], options.compression, 'auto'),
    hive_partitioning: 'false',
    buffer_size: smallBuffer,
  });
  const shapes: ColumnShape[] = names.map(() => ({ kind: 'unknown' }));
  try {
    const rows = await engine.query(`SELECT * FROM ${call} LIMIT ${sampleRows}`, { signal: work.signal });
    for await (const batch of rows.batches) {
      decodersOf(batch, rows.columns).forEach((textOf, index) => {
        let shape = shapes[index] ?? { kind: 'unknown' };
        for (let row = 0; row < batch.numRows && !isSettled(shape); row++) {
          shape = widen(shape, textOf(row) as string | null);
        }
        shapes[index] = shape;
      });
    }
  } catch (thrown) {
    throw explainFile(thrown, [file]);
  }
  return shapes;
}

/** Names as DuckDB would make them unique; without a header they are numbered as in Aqueducts. */
function namesOf(
  { location }: OpenFile,
  { values }: FirstRecord,
  header: boolean,
  { notify }: FormatContext,
): string[] {
  if (!header) return values.map((_, index) => `column_${index + 1}`);
  if (values.every((value) => value.trim() === '')) {
    throw failure('file.corrupt', `Line 1 of ${location} is empty where the names of the columns belong.`, {
      hint: 'Remove the line, or declare `has_header: false`.',
    });
  }
  const taken = new Set<string>();
  const renamed: string[] = [];
  const names = values.map((value, index) => {
    const wanted = value === '' ? `column_${index + 1}` : value;
    let name = wanted;
    for (let count = 1; taken.has(name.toLowerCase()); count++) name = `${wanted}_${count}`;
    taken.add(name.toLowerCase());
    if (name !== value) renamed.push(`column ${index + 1} is called ${name}`);
    return name;
  });
  if (renamed.length > 0) {
    const message = `The header of ${location} has names that are empty or not unique: ${renamed.join(', ')}.`;
    notify(note('file.renamed_columns', 'info', message, 'Give every column a name of its own.'));
  }
  return names;
}
