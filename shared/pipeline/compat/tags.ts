// Words that a document chooses from, by their spelling in small letters; any other case is accepted too (chapters 1.4
// to 1.7 of the Aqueducts reference).
import type { Path } from '../../errors.ts';
import { matches } from '../paths.ts';
import { dialects } from '../../sql/dialect.ts';
import { entryOf, isText, type Fields } from '../syntax/tree.ts';

const types = {
  ...{ file: 'file', odbc: 'odbc', database: 'odbc', delta: 'delta' },
  ...{ in_memory: 'in_memory', memory: 'in_memory', inmemory: 'in_memory', 'in-memory': 'in_memory' },
};
const sourceTypes = { ...types, directory: 'directory', dir: 'directory', inline: 'inline' };
const formats = named('csv', 'json', 'parquet');
const checkTypes = named('not_null', 'unique', 'accepted_values', 'range', 'regex', 'row_count', 'expression');
const severities = { error: 'error', warn: 'warn', warning: 'warn' };

const words: readonly (readonly [at: string, spellings: Readonly<Record<string, string>>])[] = [
  ['dialect', named(...dialects)],
  ['sources.*.type', sourceTypes],
  ['destination.type', types],
  ['sources.*.format.type', formats],
  ['destination.format.type', formats],
  ['sources.*.format', formats],
  ['destination.format', formats],
  [
    'sources.*.format.options.compression',
    { auto: 'auto', none: 'none', uncompressed: 'none', gzip: 'gzip', gz: 'gzip' },
  ],
  ['sources.*.format.options.layout', named('auto', 'lines', 'array')],
  ['destination.mode', named('refuse', 'replace')],
  ['destination.write_mode', named('append')],
  ['destination.write_mode.operation', named('append', 'upsert', 'replace', 'custom')],
  ['sources.*.checks.*.type', checkTypes],
  ['stages.*.*.checks.*.type', checkTypes],
  ['sources.*.checks.*.severity', severities],
  ['stages.*.*.checks.*.severity', severities],
];

/** Words without another spelling but that of their case. */
function named(...words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(words.map((word) => [word, word]));
}

/** The canonical word for one that a document has at a path; undefined when there is none. */
export function canonicalWord(word: string, path: Path): string | undefined {
  const [, spellings] = words.find(([at]) => matches(at, path)) ?? [];
  if (!spellings) return undefined;
  const spelled = word.toLowerCase();
  return Object.hasOwn(spellings, spelled) ? spellings[spelled] : undefined;
}

/** The canonical `type` of a source or destination that stands at a path. */
export function tagOf(fields: Fields, path: Path): string | undefined {
  const type = entryOf(fields, 'type')?.value;
  return isText(type) ? canonicalWord(type.value, [...path, 'type']) : undefined;
}
