// Source `file`: one CSV, JSON or Parquet file by its location.
import { note, type FormatContext } from '../formats/format.ts';
import { readers } from '../formats/index.ts';
import type { OpenFile } from '../platform.ts';
import type { FileSource } from './file.schema.ts';
import type { RelateSource } from './source.ts';

export const relateFile: RelateSource<FileSource> = async (source, context) => {
  const file = await context.platform.files.open(source.location, context.work);
  context.keep(() => file.close());
  if (file.notice !== undefined) context.notify(note('file.matched_by_name', 'info', file.notice));
  context.onOpen(file.location, file.size, file.engineName);
  const relation = await readFormat(source, file, context);
  return { ...relation, bytes: file.size };
};

function readFormat({ name, format }: FileSource, file: OpenFile, context: FormatContext) {
  switch (format.type) {
    case 'csv':
      return readers.csv(name, file, format.options, context);
    case 'json':
      return readers.json(name, file, format.options, context);
    case 'parquet':
      return readers.parquet(name, file, format.options, context);
  }
}
