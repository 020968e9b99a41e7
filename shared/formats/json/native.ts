// JSON as DuckDB's own reader reads it, where DuckDB has one: told everything, left to guess nothing.
import { SluiceError } from '../../errors.ts';
import type { Column, OpenFile } from '../../platform.ts';
import { asText } from '../magic.ts';
import { beginningOf, contentOf, engineCompression, verifyCompressed } from '../content.ts';
import { explainFile } from '../explain.ts';
import type { FileInput, ReadContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { enginePartitions, partitionItems } from '../partitions.ts';
import { columnMap, createCastView, readerCall } from '../view.ts';
import { requireObserved } from './observe.ts';
import { recordOf } from './record.ts';
import { layoutOf, textsOf, type Layout } from './texts.ts';

/** The columns as they are wanted and as JSON stores them, and whether all records were seen when they were inferred. */
export interface JsonColumns {
  readonly wanted: readonly Column[];
  readonly stored: readonly Column[];
  readonly whole: boolean;
}

/** Makes the view. Fails with file.corrupt, also where DuckDB would change values without a word. */
export async function relateNatively(
  relation: string,
  input: FileInput,
  options: JsonReadOptions,
  columns: JsonColumns,
  context: ReadContext,
): Promise<void> {
  await verifyCompressed(input.files, options.compression, context);
  try {
    await createJsonView(relation, input, options, columns, context);
  } catch (thrown) {
    const explained = explainFile(thrown, input.files);
    if (explained instanceof SluiceError && explained.code === 'file.corrupt') {
      await requireRecords(input, options, context); // our own reader tells file and line, DuckDB not always
    }
    throw explained;
  }
}

/** Fails with file.corrupt at the first text that is no record. */
async function requireRecords(
  { files }: FileInput,
  { layout, compression }: JsonReadOptions,
  { work }: ReadContext,
): Promise<void> {
  for (const file of files) {
    for await (const texts of textsOf(contentOf(file, compression, work.signal), file.location, layout)) {
      for (const text of texts) recordOf(text, file.location);
    }
  }
}

async function createJsonView(
  relation: string,
  input: FileInput,
  options: JsonReadOptions,
  { wanted, stored, whole }: JsonColumns,
  context: ReadContext,
): Promise<void> {
  const { files } = input;
  const calls: string[] = [];
  for (const [layout, members] of await byLayout(files, options)) {
    const reader = {
      format: layout === 'lines' ? `'newline_delimited'` : `'array'`,
      records: 'true',
      compression: engineCompression(members, options.compression, 'auto_detect'),
    };
    const { compression } = options;
    if (!whole) await requireObserved(members, { layout, compression }, reader, stored, context);
    const names = members.map((file) => file.engineName);
    calls.push(readerCall('read_json', names, { ...reader, columns: columnMap(stored), ...enginePartitions(input) }));
  }
  const [only = '', ...others] = calls;
  const all = calls.map((call) => `SELECT * FROM ${call}`).join(' UNION ALL ');
  const expression = others.length === 0 ? only : `(${all})`;
  const { engine } = context.platform;
  await createCastView(engine, relation, expression, stored, wanted, context.work, partitionItems(input));
}

/** One call of the reader takes files of one layout. */
async function byLayout(
  files: readonly OpenFile[],
  { layout, compression }: JsonReadOptions,
): Promise<ReadonlyMap<Layout, readonly OpenFile[]>> {
  if (layout !== 'auto') return new Map([[layout, files]]);
  const groups = new Map<Layout, OpenFile[]>();
  for (const file of files) {
    const found = await firstLayout(beginningOf(file, compression));
    groups.set(found, [...(groups.get(found) ?? []), file]);
  }
  return groups;
}

async function firstLayout(content: AsyncIterable<Uint8Array>): Promise<Layout> {
  for await (const bytes of content) {
    const found = layoutOf(asText(bytes) ?? '{'); // what is no text fails as lines do
    if (found) return found;
  }
  return 'lines';
}
