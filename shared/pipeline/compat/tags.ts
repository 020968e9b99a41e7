// Words that a document chooses from, by their spelling in small letters; any other case is accepted too (chapters 1.4
// to 1.7 of the Aqueducts reference).
import type { Path } from '../../errors.ts';
import { matches } from '../paths.ts';
import { entryOf, isText, type Fields } from '../syntax/tree.ts';

const types = {
  ...{ file: 'file', odbc: 'odbc', database: 'odbc', delta: 'delta' },
  ...{ in_memory: 'in_memory', memory: 'in_memory', inmemory: 'in_memory', 'in-memory': 'in_memory' },
};
const sourceTypes = { ...types, directory: 'directory', dir: 'directory', inline: 'inline' };
const formats = { csv: 'csv', json: 'json', parquet: 'parquet' };
const checkTypes = Object.fromEntries(
  ['not_null', 'unique', 'accepted_values', 'range', 'regex', 'row_count', 'expression'].map((type) => [type, type]),
);
const severities = { error: 'error', warn: 'warn', warning: 'warn' };

const words: readonly (readonly [at: string, spellings: Readonly<Record<string, string>>])[] = [
  ['dialect', { duckdb: 'duckdb', datafusion: 'datafusion' }],
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
  ['sources.*.format.options.layout', { auto: 'auto', lines: 'lines', array: 'array' }],
  ['destination.mode', { refuse: 'refuse', replace: 'replace' }],
  ['destination.write_mode', { append: 'append' }],
  ['destination.write_mode.operation', { append: 'append', upsert: 'upsert', replace: 'replace', custom: 'custom' }],
  ['sources.*.checks.*.type', checkTypes],
  ['stages.*.*.checks.*.type', checkTypes],
  ['sources.*.checks.*.severity', severities],
  ['stages.*.*.checks.*.severity', severities],
];

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
