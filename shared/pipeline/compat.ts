// Spellings that Aqueducts also accepts (chapter 1 of its reference), turned into the canonical ones before the schema
// sees them. Keys and values keep the place where they were typed.
import type { Issue, Path } from '../errors.ts';
import { issueOf } from './document.ts';
import { matches } from './paths.ts';
import { problem, type Problem } from './syntax/problem.ts';
import type { SourceText } from './syntax/text.ts';
import { isText, type Entry, type Fields, type Node, type Scalar } from './syntax/tree.ts';

/** Where a field is, how else it may be called there, and its name. */
const fields: readonly (readonly [at: string, alias: string, name: string])[] = [
  ['sources.*', 'file_type', 'format'],
  ['sources.*', 'storage_options', 'storage_config'],
  ['sources.*.format.options.schema.*', 'type', 'data_type'],
  ['destination', 'file_type', 'format'],
  ['destination', 'storage_options', 'storage_config'],
  ['destination', 'partition_cols', 'partition_columns'],
];

const formats = { csv: 'csv', json: 'json', parquet: 'parquet' };
const types = {
  ...{ file: 'file', odbc: 'odbc', database: 'odbc', delta: 'delta' },
  ...{ in_memory: 'in_memory', memory: 'in_memory', inmemory: 'in_memory' },
};

/** Tags by their spelling in small letters; any other case is accepted too. */
const tags: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sources.*.type': { ...types, directory: 'directory', dir: 'directory' },
  'destination.type': types,
  'sources.*.format.type': formats,
  'destination.format.type': formats,
};

/** Maps that may be given as nothing. */
const emptyMaps = ['sources.*.format.options', 'destination.format.options'];

export interface Canonical {
  readonly root: Node;
  readonly issues: readonly Issue[];
}

/** The tree in canonical spelling, with a note for everything that was spelled otherwise. */
export function canonical(root: Node, source: SourceText): Canonical {
  const problems: Problem[] = [];
  const node = rewrite(root, [], problems);
  return { root: node, issues: problems.map((found) => issueOf(found, source)) };
}

function rewrite(node: Node, path: Path, problems: Problem[]): Node {
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item, index) => rewrite(item, [...path, index], problems)) };
  }
  if (node.kind === 'scalar') return rewriteScalar(node, path, problems);
  const entries = node.entries.flatMap((entry): Entry[] => {
    const renamed = rename(entry, node, path, problems);
    if (!renamed) return [];
    return [{ ...renamed, value: rewrite(renamed.value, [...path, renamed.key.value], problems) }];
  });
  return { ...node, entries };
}

/** The entry under its canonical key; undefined when that is there as well. */
function rename(entry: Entry, parent: Fields, path: Path, problems: Problem[]): Entry | undefined {
  const { key } = entry;
  const [, , name] = fields.find(([at, alias]) => alias === key.value && matches(at, path)) ?? [];
  if (name === undefined) return entry;
  if (parent.entries.some((other) => other !== entry && other.key.value === name)) {
    const message = `\`${key.value}\` is another name of \`${name}\`, which is given as well.`;
    problems.push(problem('document.invalid', 'error', message, key, 'Keep one of the two.'));
    return undefined;
  }
  problems.push(problem('document.alias', 'info', `\`${key.value}\` is read as \`${name}\`.`, key));
  return { ...entry, key: { ...key, value: name } };
}

function rewriteScalar(node: Scalar, path: Path, problems: Problem[]): Node {
  if (node.value === null && emptyMaps.some((at) => matches(at, path))) {
    return { kind: 'map', start: node.start, end: node.end, entries: [] };
  }
  if (!isText(node)) return node;
  const [, spellings] = Object.entries(tags).find(([at]) => matches(at, path)) ?? [];
  const spelled = node.value.toLowerCase();
  const tag = spellings && Object.hasOwn(spellings, spelled) ? spellings[spelled] : undefined;
  if (tag === undefined || tag === node.value) return node;
  problems.push(problem('document.alias', 'info', `\`${node.value}\` is read as \`${tag}\`.`, node));
  return { ...node, value: tag };
}
