// Reading JSON. Columns are declared or inferred from the first records, by the same code on both platforms.
import type { Column, OpenFile } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { requireFormat } from '../content.ts';
import { duckdbTypeOf } from '../datatypes.ts';
import { note, type FileInput, type FormatReader, type OpenedRelation, type ReadContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { partitionColumns, partitionItems, withPartitions } from '../partitions.ts';
import { createCastView, emptyRelation } from '../view.ts';
import { scanJson } from './decode.ts';
import { relateNatively, type JsonColumns } from './native.ts';
import { sampleColumns } from './sample.ts';
import { storedColumns } from './stored.ts';

export const readJson: FormatReader<JsonReadOptions> = async (given, options, context) => {
  const files = given.files.filter((file) => file.size > 0);
  const input: FileInput = { ...given, files };
  for (const file of files) await requireFormat(file, 'JSON', options.compression);
  const declared = options.schema.map((field) => ({ name: field.name, type: duckdbTypeOf(field.data_type) }));
  const sampled = declared.length > 0 ? undefined : await sampleColumns(input, options, context);
  const wanted = sampled?.columns ?? declared;
  if (wanted.length === 0) return emptyJson(given, context);
  const all = withPartitions(wanted, input);
  if (files.length === 0) return emptyRelation(all);
  const columns = { wanted, stored: storedColumns(wanted), whole: sampled?.whole ?? false };
  const native = context.platform.engine.formats.has('json');
  return {
    columns: all,
    relate: async (relation, now) => {
      if (!native) return { rows: await feedJson(relation, input, options, columns, now) };
      await relateNatively(relation, input, options, columns, now);
      return {};
    },
  };
};

async function feedJson(
  name: string,
  input: FileInput,
  options: JsonReadOptions,
  { wanted, stored }: JsonColumns,
  { platform: { engine }, work, onRead }: ReadContext,
): Promise<number> {
  const exact = stored.every((column, index) => column.type === wanted[index]?.type) && input.partitions.length === 0;
  const staged = exact ? name : `${name} (as stored)`;
  const fed = [...stored, ...partitionColumns(input)];
  const rows = await engine.feed(staged, fed, scanJson(input, options, fed, onRead), work);
  if (exact) return rows;
  await createCastView(engine, name, quoteIdentifier(staged), stored, wanted, work, partitionItems(input));
  return rows;
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
