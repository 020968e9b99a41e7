// The types of CSV columns from the first rows of every file, by the same code on both platforms.
import type { OpenFile } from '../../platform.ts';
import { foldName } from '../../sql/names.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { decodersOf } from '../../values/codec.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { beginningOf, requireFormat } from '../content.ts';
import { note, type FormatContext } from '../format.ts';
import type { WantedColumn } from '../view.ts';
import { kindOf, type NamedFile } from './columns.ts';
import { explainCsv } from './damage.ts';
import { delimiterNotice, OtherDelimiters } from './delimiter.ts';
import { textsOf } from './dialect.ts';
import { firstRecord, type FirstRecord } from './header.ts';
import { isSettled, merge, typeOf, widen, type ColumnShape } from './observe.ts';

/** Rows that inference looks at, over all files; of each it looks at `fewestRows` at least. */
const sampleRows = 20_480;
const fewestRows = 256;
/** Bytes of a file that is looked at whole, together with others: a statement for each would take longer. */
const smallFile = 64 * 1024;
const mostTogether = 256;
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
  const parted = new Map<string, string[]>();
  for (const [number, { shapes, more, delimiters }] of (await observeAll(opened, options, limit, context)).entries()) {
    const each = opened[number];
    if (!each) continue;
    const other = delimiters?.found;
    if (other !== undefined) parted.set(other, [...(parted.get(other) ?? []), each.file.location]);
    if (more) cut.push(each.file.location);
    each.names.forEach((name, index) => {
      const shape = shapes[index] ?? { kind: 'unknown' };
      const seen = columns.get(foldName(name));
      if (!seen) columns.set(foldName(name), { name, shape, location: each.file.location });
      else {
        const merged = mergeFiles(seen.shape, shape);
        if (merged.reason !== undefined && merged.reason !== seen.shape.reason) seen.location = each.file.location;
        seen.shape = merged;
      }
    });
  }
  for (const [delimiter, locations] of parted) context.notify(delimiterNotice(delimiter, locations));
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

/** What the columns of a file are in its first rows. */
interface Observed {
  readonly shapes: ColumnShape[];
  rows: number;
  /** Whether the file has rows behind them. */
  more: boolean;
  /** Of a file that has one column. */
  readonly delimiters: OtherDelimiters | undefined;
}

/** In the order of the files. */
async function observeAll(
  opened: readonly NamedFile[],
  options: CsvReadOptions,
  limit: number,
  context: FormatContext,
): Promise<Observed[]> {
  const all = new Map<NamedFile, Observed>();
  for (const files of inBatches(opened)) {
    const observed = await observe(files, options, files.length === 1 ? limit : Infinity, context);
    observed.forEach((each, number) => files[number] && all.set(files[number], each));
  }
  return opened.flatMap((each) => all.get(each) ?? []);
}

/** Small files that are alike together, every other file by itself. */
function inBatches(opened: readonly NamedFile[]): NamedFile[][] {
  const batches: NamedFile[][] = [];
  const unfilled = new Map<string, NamedFile[]>();
  for (const each of opened) {
    const small = each.hasRows && each.closed && each.file.size <= smallFile;
    const kind = kindOf(each);
    const last = small ? unfilled.get(kind) : undefined;
    if (last && last.length < mostTogether) last.push(each);
    else {
      const batch = [each];
      batches.push(batch);
      if (small) unfilled.set(kind, batch);
    }
  }
  return batches;
}

/** Of files that have the same columns. */
async function observe(
  files: readonly NamedFile[],
  options: CsvReadOptions,
  limit: number,
  { platform: { engine }, work }: FormatContext,
): Promise<Observed[]> {
  const observed = files.map(({ names }): Observed => ({
    shapes: names.map(() => ({ kind: 'unknown' })),
    rows: 0,
    more: false,
    delimiters:
      names.length === 1
        ? new OtherDelimiters(options.delimiter, options.has_header ? names[0] : undefined)
        : undefined,
  }));
  const [{ names, hasRows } = { names: [], hasRows: false }] = files;
  if (!hasRows) return observed;
  const paths = new Map(files.map(({ file }, number) => [file.engineName, number]));
  const path = unusedName('file', names);
  const texts = textsOf(files, options, {
    hive_partitioning: 'false',
    buffer_size: smallBuffer(options),
    filename: quoteLiteral(path),
  });
  const items = [path, ...names].map(quoteIdentifier).join(', ');
  try {
    const cut = Number.isFinite(limit) ? ` LIMIT ${limit + 1}` : '';
    const rows = await engine.query(`SELECT ${items} FROM ${texts}${cut}`, { signal: work.signal });
    for await (const batch of rows.batches) {
      const [pathOf, ...decoders] = decodersOf(batch, rows.columns);
      for (let row = 0; row < batch.numRows; row++) {
        const seen = observed[files.length === 1 ? 0 : (paths.get(pathOf?.(row) as string) ?? -1)];
        if (!seen) continue;
        if (seen.rows === limit) {
          seen.more = true;
          continue;
        }
        seen.rows++;
        seen.delimiters?.see(decoders[0]?.(row) as string | null);
        decoders.forEach((textOf, index) => {
          const shape = seen.shapes[index] ?? { kind: 'unknown' };
          if (isSettled(shape)) return;
          const text = textOf(row) as string | null;
          seen.shapes[index] = widen(shape, text === options.null_value ? null : text);
        });
      }
    }
  } catch (thrown) {
    const read = files.map(({ file }) => file);
    throw await explainCsv(thrown, read, options, work);
  }
  return observed;
}

/** A name that no column has. */
function unusedName(name: string, names: readonly string[]): string {
  const taken = new Set(names.map((each) => foldName(each)));
  let unused = name;
  while (taken.has(unused)) unused = `${unused} ${name}`;
  return unused;
}
