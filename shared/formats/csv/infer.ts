// The types of CSV columns from the first rows of every file, by the same code on both platforms.
import type { OpenFile } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { decodersOf } from '../../values/codec.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { beginningOf, engineCompression, requireFormat } from '../content.ts';
import { explainFile } from '../explain.ts';
import { note, type FormatContext } from '../format.ts';
import { columnMap, readerCall, type WantedColumn } from '../view.ts';
import type { NamedFile } from './columns.ts';
import { engineDialect } from './dialect.ts';
import { firstRecord, type FirstRecord } from './header.ts';
import { isSettled, merge, typeOf, widen, type ColumnShape } from './observe.ts';

/** Rows that inference looks at, over all files; of each it looks at `fewestRows` at least. */
const sampleRows = 20_480;
const fewestRows = 256;
/** Bytes that DuckDB reads at a time where it is to read little or slowly; not less than the longest line. */
export function smallBuffer({ max_line_size }: CsvReadOptions): string {
  return String(Math.max(2 * 1024 * 1024, max_line_size));
}

/** The first record of a file, which must be CSV. Undefined where it has no content. */
export async function openRecord(file: OpenFile, options: CsvReadOptions): Promise<FirstRecord | undefined> {
  if (file.size === 0) return undefined;
  await requireFormat(file, 'CSV', options.compression);
  return firstRecord(beginningOf(file, options.compression), options, file.location);
}

interface SeenColumn {
  readonly name: string;
  shape: ColumnShape;
  /** The file whose values made it text although they look like something else. */
  location: string;
}

/** All columns of the files, in the order in which they are met, each in the type that holds what was seen of it. */
export async function inferColumns(
  relation: string,
  opened: readonly NamedFile[],
  options: CsvReadOptions,
  context: FormatContext,
): Promise<WantedColumn[]> {
  const columns = new Map<string, SeenColumn>();
  const limit = Math.max(fewestRows, Math.ceil(sampleRows / opened.length));
  const cut: string[] = [];
  for (const each of opened) {
    const { shapes, rows } = each.hasRows ? await observe(each, options, limit, context) : { shapes: [], rows: 0 };
    if (rows === limit) cut.push(each.file.location);
    each.names.forEach((name, index) => {
      const shape = shapes[index] ?? { kind: 'unknown' };
      const seen = columns.get(name.toLowerCase());
      if (!seen) columns.set(name.toLowerCase(), { name, shape, location: each.file.location });
      else {
        const merged = mergeFiles(seen.shape, shape);
        if (merged.reason !== undefined && merged.reason !== seen.shape.reason) seen.location = each.file.location;
        seen.shape = merged;
      }
    });
  }
  tellSampled(relation, cut, limit, context);
  return [...columns.values()].map(({ name, shape, location }) => {
    if (shape.reason !== undefined) {
      const message = `Column ${name} of ${location} is read as text: it has ${shape.reason}.`;
      context.notify(note('type.kept_as_text', 'info', message, 'Declare the columns with `schema`, or cast it.'));
    }
    return { name, type: typeOf(shape) };
  });
}

/**
 * The shape that holds what was seen in two files. Text does not widen what another file has: it is told at its line when
 * it is read, for it may well be a mistake.
 */
function mergeFiles(one: ColumnShape, other: ColumnShape): ColumnShape {
  const merged = merge(one, other);
  return isSettled(merged) && one.kind !== 'text' ? one : merged;
}

function tellSampled(relation: string, cut: readonly string[], limit: number, { notify }: FormatContext): void {
  const [first, ...others] = cut;
  if (first === undefined) return;
  const whose = others.length === 0 ? first : `each file of ${relation}`;
  const message = `The types of ${relation} were inferred from the first ${limit} rows of ${whose}; a later value that does not fit ends the run.`;
  notify(note('format.sampled', 'info', message, 'Declare the columns with `schema`.'));
}

/** What the columns of a file are in its first rows, and how many rows these were. */
async function observe(
  { file, names }: NamedFile,
  options: CsvReadOptions,
  limit: number,
  { platform: { engine }, work }: FormatContext,
): Promise<{ shapes: readonly ColumnShape[]; rows: number }> {
  const call = readerCall('read_csv', file.engineName, {
    ...engineDialect(options),
    columns: columnMap(names.map((name) => ({ name, type: 'VARCHAR' }))),
    compression: engineCompression([file], options.compression, 'auto'),
    hive_partitioning: 'false',
    buffer_size: smallBuffer(options),
  });
  const shapes: ColumnShape[] = names.map(() => ({ kind: 'unknown' }));
  let count = 0;
  try {
    const items = names.map(quoteIdentifier).join(', ');
    const rows = await engine.query(`SELECT ${items} FROM ${call} LIMIT ${limit}`, { signal: work.signal });
    for await (const batch of rows.batches) {
      count += batch.numRows;
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
  return { shapes, rows: count };
}
