// Reading JSON. Columns are declared or inferred from the first records, by the same code on both platforms.
import type { Column, OpenFile } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { requireFormat } from '../content.ts';
import { note, type FileInput, type FormatReader, type OpenedRelation, type ReadContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { partitionColumns, partitionItems, withPartitions } from '../partitions.ts';
import { createCastView, emptyRelation, wantedColumn, type WantedColumn } from '../view.ts';
import { keyedColumns } from './declared.ts';
import { scanJson } from './decode.ts';
import { damageOf, nativeExpression, type JsonColumns } from './native.ts';
import { placeOfMisfit } from './place.ts';
import { inferredColumns, sampleFields } from './sample.ts';
import { storedColumns } from './stored.ts';

export const readJson: FormatReader<JsonReadOptions> = async (given, options, context) => {
  const files = given.files.filter((file) => file.size > 0);
  const input: FileInput = { ...given, files };
  for (const file of files) await requireFormat(file, 'JSON', options.compression);
  const declared = options.schema.map(wantedColumn);
  if (declared.length > 0 && files.length === 0) return emptyRelation(withPartitions(declared, input));
  const sampled = await sampleFields(input, options, context);
  const wanted: readonly WantedColumn[] = declared.length > 0 ? declared : inferredColumns(sampled, context);
  if (wanted.length === 0) return emptyJson(given, context);
  const keyed = declared.length > 0 ? keyedColumns(declared, sampled, context) : wanted;
  const stored = storedColumns(keyed);
  const columns = {
    stored,
    wanted: wanted.map((column, index) => ({ ...column, item: itemOf(stored[index]) })),
    closed: declared.length === 0,
  };
  const native = context.platform.engine.formats.has('json');
  return {
    columns: withPartitions(wanted, input),
    placeOf: (misfit, now) => placeOfMisfit(misfit, input, options, columns, now),
    ...(native ? { damageOf: (told, now) => damageOf(told, input, options, now) } : {}),
    relate: async (relation, now) => {
      const found = native ? await nativeExpression(input, options, columns, sampled, now) : undefined;
      if (native && found === undefined && !sampled.whole) tellStaged(sampled.subject, now);
      if (found === undefined) return { rows: await feedJson(relation, input, options, columns, now) };
      const { engine } = now.platform;
      await createCastView(engine, relation, found, stored, columns.wanted, now.work, partitionItems(input));
      return {};
    },
  };
};

/** The relation, read by our own reader; answers its rows. */
async function feedJson(
  name: string,
  input: FileInput,
  options: JsonReadOptions,
  { wanted, stored, closed }: JsonColumns,
  { platform: { engine }, work, onRead }: ReadContext,
): Promise<number> {
  const exact = input.partitions.length === 0 && stored.every((column, index) => isSame(column, wanted[index]));
  const staged = exact ? name : `${name} (as stored)`;
  const fed = [...stored, ...partitionColumns(input)];
  const rows = await engine.feed(staged, fed, scanJson(input, options, { columns: fed, closed }, onRead), work);
  if (exact) return rows;
  await createCastView(engine, name, quoteIdentifier(staged), stored, wanted, work, partitionItems(input));
  return rows;
}

function itemOf(stored: Column | undefined): string {
  return quoteIdentifier(stored?.name ?? '');
}

/** Whether a column is wanted as it is stored. */
function isSame(stored: Column, wanted: WantedColumn | undefined): boolean {
  return wanted?.name === stored.name && wanted.type === stored.type && wanted.nullable !== false;
}

function tellStaged(subject: string, { notify }: ReadContext): void {
  const message = `${subject} is read whole before the stages run: DuckDB’s own reader would change some of its values.`;
  notify(note('format.staged', 'info', `${message.charAt(0).toUpperCase()}${message.slice(1)}`));
}

function emptyJson(input: FileInput, context: ReadContext): OpenedRelation {
  const columns: readonly Column[] = [{ name: 'json', type: 'VARCHAR' }];
  const message = `${subjectOf(input)} no records; ${input.name} has one column, json, and no rows.`;
  context.notify(note('file.no_columns', 'warning', message, 'Give the columns with `schema`.'));
  return emptyRelation(withPartitions(columns, input));
}

function subjectOf({ name, files }: { readonly name: string; readonly files: readonly OpenFile[] }): string {
  return files.length === 1 && files[0] ? `${files[0].location} has` : `The files of ${name} have`;
}
