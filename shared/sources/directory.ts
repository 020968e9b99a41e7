// Source `directory`: the files of a folder and its folders as one relation. Folders like `year=2024` stand for columns
// (Hive partitions) where the document names them; their values are taken exactly or refused.
import { failure } from '../errors.ts';
import { note } from '../formats/format.ts';
import { duckdbTypeOf } from '../formats/datatypes.ts';
import { pathValues } from '../locations/partitions.ts';
import type { FoundFile } from '../platform.ts';
import type { DirectorySource } from './directory.schema.ts';
import { filesOf } from './folder.ts';
import { openFiles, type Wanted } from './open-files.ts';
import { exactValues } from './partition-values.ts';
import type { OpenSource, SourceContext } from './source.ts';

export const openDirectory: OpenSource<DirectorySource> = async (source, context) => {
  const found = await filesOf(source, context);
  const columns = source.partition_columns.map(([name, type]) => ({ name, type: duckdbTypeOf(type) }));
  tellOtherKeys(source, found, context);
  if (columns.length === 0) return openFiles(source, found, [], context);
  const wanted = found.map(({ location, below }): Required<Wanted> => {
    return { location, partitions: columns.map(({ name }) => valueOf(name, below, location)) };
  });
  return openFiles(source, await exactValues(columns, wanted, context), columns, context);
};

/** What the path says of a column. */
function valueOf(name: string, below: string, location: string): string | null {
  const values = pathValues(below);
  // Names of columns are the same in upper and lower case.
  const found = values.find(({ key }) => key === name) ?? values.find(({ key }) => isName(key, name));
  if (found) return found.value;
  const example = `${name}=value`;
  throw failure('file.partition', `${location} lies in no folder ${example}, though ${name} is a partition column.`, {
    hint: 'Move the file, or remove the column from `partition_columns`.',
  });
}

function isName(key: string, name: string): boolean {
  return key.toLowerCase() === name.toLowerCase();
}

/** Folders that look like columns and are none are told, once. */
function tellOtherKeys(
  { name, partition_columns }: DirectorySource,
  found: readonly FoundFile[],
  { notify }: SourceContext,
): void {
  const keys = new Set(found.flatMap(({ below }) => pathValues(below).map(({ key }) => key)));
  const others = [...keys].filter((key) => !partition_columns.some(([column]) => isName(key, column)));
  if (others.length === 0) return;
  const message = `The folders of ${name} have values of ${others.join(', ')}, which are not read as columns.`;
  notify(note('file.partition', 'info', message, 'Name them in `partition_columns`, each with its type.'));
}
