// From files that a source names to a relation: all of them are opened, and their format makes one relation of them.
import type { FileInput, OpenedRelation } from '../formats/format.ts';
import { readers } from '../formats/index.ts';
import type { Column, OpenFile } from '../platform.ts';
import type { FileSource } from './file.schema.ts';
import type { SourceContext } from './source.ts';

type Named = Pick<FileSource, 'name' | 'format'>;

/** A file to open, and what its path says of each partition column. */
export interface Wanted {
  readonly location: string;
  readonly partitions?: readonly (string | null)[];
}

export async function openFiles(
  source: Named,
  wanted: readonly Wanted[],
  partitions: readonly Column[],
  context: SourceContext,
): Promise<OpenedRelation> {
  const files: OpenFile[] = [];
  for (const { location, partitions: values } of wanted) {
    files.push(await openOne(location, values, context));
  }
  return openFormat(source, { name: source.name, files, partitions }, context);
}

/** Opens a file, to be closed with the run, and tells what is to be told of it. */
export async function openOne(
  location: string,
  partitions: readonly (string | null)[] | undefined,
  { platform, work, keep, notify, onOpen }: SourceContext,
): Promise<OpenFile> {
  const file = await platform.files.open(location, { ...work, ...(partitions ? { partitions } : {}) });
  keep(() => file.close());
  for (const issue of file.notices ?? []) notify(issue);
  onOpen(file);
  return file;
}

export function openFormat({ format }: Named, input: FileInput, context: SourceContext): Promise<OpenedRelation> {
  switch (format.type) {
    case 'csv':
      return readers.csv(input, format.options, context);
    case 'json':
      return readers.json(input, format.options, context);
    case 'parquet':
      return readers.parquet(input, format.options, context);
  }
}
