// JSON as DuckDB's own reader reads it, where DuckDB has one: told everything, left to guess nothing.
import { SluiceError } from '../../errors.ts';
import type { Column, OpenFile } from '../../platform.ts';
import { asText } from '../magic.ts';
import { beginningOf, contentOf, isGzip, verifyCompressed } from '../content.ts';
import { explainFile, wordsOf } from '../explain.ts';
import type { FileInput, FormatContext, ReadContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { enginePartitions } from '../partitions.ts';
import { columnMap, readerCall, type WantedColumn } from '../view.ts';
import { keepsShapes, keepsValues } from './observe.ts';
import { recordOf } from './record.ts';
import type { Sampled } from './sample.ts';
import { layoutOf, textsOf, type Layout } from './texts.ts';

/** The columns as they are wanted and as JSON stores them, under the names of their keys; in the same order. */
export interface JsonColumns {
  readonly wanted: readonly WantedColumn[];
  readonly stored: readonly Column[];
  /** Whether objects may have no other keys: so where the columns were inferred. */
  readonly closed: boolean;
}

/**
 * What stands after FROM; undefined where DuckDB's reader would change values, so that our own must read. Fails with
 * file.corrupt.
 */
export async function nativeExpression(
  input: FileInput,
  options: JsonReadOptions,
  columns: JsonColumns,
  sampled: Sampled,
  context: ReadContext,
): Promise<string | undefined> {
  const groups = await byLayout(input.files, options);
  if (!groups || (sampled.whole && !keepsShapes(columns.stored, sampled.fields))) return undefined;
  await verifyCompressed(input.files, options.compression, context);
  try {
    return await expressionOf(groups, input, columns, sampled, context);
  } catch (thrown) {
    const explained = explainFile(thrown, input.files);
    if (explained instanceof SluiceError && explained.code === 'file.corrupt') {
      await requireRecords(input, options, context); // our own reader tells file and line, DuckDB not always
    }
    throw explained;
  }
}

/** The first text that is no record, by our own reader, where DuckDB has failed on JSON. */
export async function damageOf(
  told: SluiceError,
  input: FileInput,
  options: JsonReadOptions,
  context: FormatContext,
): Promise<SluiceError | undefined> {
  if (!wordsOf(told).includes('JSON')) return undefined;
  try {
    await requireRecords(input, options, context);
  } catch (thrown) {
    if (thrown instanceof SluiceError && thrown.code === 'file.corrupt') return thrown;
    throw thrown;
  }
  return undefined;
}

/** Fails with file.corrupt at the first text that is no record. */
async function requireRecords(
  { files }: FileInput,
  { layout, compression }: JsonReadOptions,
  { work }: FormatContext,
): Promise<void> {
  for (const file of files) {
    for await (const texts of textsOf(contentOf(file, compression, work.signal), file.location, layout)) {
      for (const text of texts) recordOf(text, file.location);
    }
  }
}

async function expressionOf(
  groups: readonly FileGroup[],
  input: FileInput,
  columns: JsonColumns,
  { whole }: Sampled,
  context: ReadContext,
): Promise<string | undefined> {
  const calls: string[] = [];
  for (const { layout, compressed, members } of groups) {
    const reader = {
      format: layout === 'lines' ? `'newline_delimited'` : `'array'`,
      compression: compressed ? `'gzip'` : `'uncompressed'`,
    };
    if (!whole && !(await keepsValues(members, reader, columns, context))) return undefined;
    const names = members.map((file) => file.engineName);
    const read = { ...reader, records: 'true', columns: columnMap(columns.stored), ...enginePartitions(input) };
    calls.push(readerCall('read_json', names, read));
  }
  const [only = '', ...others] = calls;
  const all = calls.map((call) => `SELECT * FROM ${call}`).join(' UNION ALL ');
  const expression = others.length === 0 ? only : `(${all})`;
  await context.platform.engine.describe(`SELECT * FROM ${expression}`, context.work);
  return expression;
}

/** What one call of the reader takes. */
interface FileGroup {
  readonly layout: Layout;
  readonly compressed: boolean;
  readonly members: OpenFile[];
}

/** Undefined where a file begins with a byte order mark: the reader takes none. */
async function byLayout(
  files: readonly OpenFile[],
  { layout, compression }: JsonReadOptions,
): Promise<readonly FileGroup[] | undefined> {
  const groups: FileGroup[] = [];
  for (const file of files) {
    const { found, marked } = await beginning(beginningOf(file, compression));
    if (marked) return undefined;
    const wanted = layout === 'auto' ? found : layout;
    const compressed = isGzip(file, compression);
    const group = groups.find((each) => each.layout === wanted && each.compressed === compressed);
    if (group) group.members.push(file);
    else groups.push({ layout: wanted, compressed, members: [file] });
  }
  return groups;
}

async function beginning(content: AsyncIterable<Uint8Array>): Promise<{ found: Layout; marked: boolean }> {
  let marked = false;
  for await (const bytes of content) {
    marked ||= bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const found = layoutOf(asText(bytes) ?? '{'); // what is no text fails as lines do
    if (found || marked) return { found: found ?? 'lines', marked };
  }
  return { found: 'lines', marked };
}
