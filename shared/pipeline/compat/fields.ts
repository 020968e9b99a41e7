// Other names of fields: those that Aqueducts accepts (chapters 1.4 to 1.7 of its reference) and those of its older
// versions (chapter 15).
import type { Path } from '../../errors.ts';
import { matches } from '../paths.ts';
import { problem } from '../syntax/problem.ts';
import type { Entry, Fields } from '../syntax/tree.ts';
import type { Rewriting } from './rewriting.ts';
import { tagOf } from './tags.ts';

interface Alias {
  readonly at: string;
  /** The types that have the field; absent where there is no choice by type. */
  readonly of?: readonly string[];
  readonly alias: string;
  readonly name: string;
}

const aliases: readonly Alias[] = [
  { at: 'sources.*', of: ['file', 'directory'], alias: 'file_type', name: 'format' },
  { at: 'sources.*', of: ['file', 'directory', 'delta'], alias: 'storage_options', name: 'storage_config' },
  { at: 'sources.*', of: ['directory'], alias: 'partition_cols', name: 'partition_columns' },
  { at: 'sources.*', of: ['odbc'], alias: 'query', name: 'load_query' },
  { at: 'sources.*', of: ['delta'], alias: 'version_ts', name: 'timestamp' },
  { at: 'sources.*.partition_columns.*', alias: 'type', name: 'data_type' },
  { at: 'sources.*.format.options.schema.*', alias: 'type', name: 'data_type' },
  { at: 'sources.*.schema.*', alias: 'type', name: 'data_type' },
  { at: 'destination', of: ['file'], alias: 'file_type', name: 'format' },
  { at: 'destination', of: ['file', 'delta'], alias: 'storage_options', name: 'storage_config' },
  { at: 'destination', of: ['file', 'delta'], alias: 'partition_cols', name: 'partition_columns' },
  { at: 'destination', of: ['delta'], alias: 'mode', name: 'write_mode' },
  { at: 'destination', of: ['delta'], alias: 'custom_metadata', name: 'metadata' },
  { at: 'destination.schema.*', alias: 'type', name: 'data_type' },
];

/** The entries under their canonical keys. One that is there under both is left out, and an error. */
export function renameFields(fields: Fields, path: Path, rewriting: Rewriting): Fields {
  const here = aliases.filter(({ at }) => matches(at, path));
  if (here.length === 0) return fields;
  const tag = tagOf(fields, path);
  const entries = fields.entries.flatMap((entry): Entry[] => {
    const { key } = entry;
    const { name } =
      here.find(({ alias, of }) => alias === key.value && (!of || tag === undefined || of.includes(tag))) ?? {};
    if (name === undefined) return [entry];
    if (fields.entries.some((other) => other !== entry && other.key.value === name)) {
      const message = `\`${key.value}\` is another name of \`${name}\`, which is given as well.`;
      rewriting.problems.push(problem('document.invalid', 'error', message, key, 'Keep one of the two.'));
      return [];
    }
    rewriting.alias(`\`${key.value}\` is read as \`${name}\`.`, key);
    return [{ ...entry, key: { ...key, value: name } }];
  });
  return { ...fields, entries };
}
