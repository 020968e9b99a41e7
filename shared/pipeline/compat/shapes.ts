// Other shapes of what a document says: where Aqueducts takes two, or refuses one that can only mean one thing.
import { problem } from '../syntax/problem.ts';
import { entryOf, isText, repeatedKeys, type Entry, type Fields, type Node } from '../syntax/tree.ts';
import { mapAt, textAt, type Rewriting, type Rule } from './rewriting.ts';
import { canonicalWord } from './tags.ts';

/** `format: csv` for `format: {type: csv}`, `write_mode: append` for `write_mode: {operation: append}`. */
export function wrapWord(field: string): Rule {
  return (node, path, rewriting) => {
    const word = isText(node) ? canonicalWord(node.value, path) : undefined;
    if (word === undefined) return node;
    rewriting.alias(`\`${rewriting.typed(node)}\` is read as \`{${field}: ${word}}\`.`, node);
    return mapAt(field, textAt(word, node), node);
  };
}

/** Options that may be left out; Aqueducts wants them for reading, and for writing CSV and Parquet. */
export const formatOptions: Rule = (node, path, rewriting) => {
  if (node.kind !== 'map') return node;
  const options = entryOf(node, 'options');
  const type = entryOf(node, 'type')?.value;
  const wantsNone = path[0] === 'destination' && isText(type) && type.value.toLowerCase() === 'json';
  const isNothing = options?.value.kind === 'scalar' && options.value.value === null;
  if (rewriting.isAqueducts && type) {
    if (wantsNone && options && !isNothing)
      rewriting.alias('Aqueducts refuses `options` for JSON that is written.', options.key);
    if (!wantsNone && (!options || isNothing)) {
      rewriting.alias('Aqueducts wants `options` here.', options?.key ?? type, 'Write `options: {}`.');
    }
  }
  if (!isNothing) return node;
  return { ...node, entries: node.entries.filter((entry) => entry !== options) };
};

/** The options of older documents stand a level deeper. */
export const parquetOptions: Rule = (node, _path, rewriting) => {
  const older = entryOf(node, 'parquet_options');
  if (node.kind !== 'map' || older?.value.kind !== 'map') return node;
  rewriting.alias('The fields of `parquet_options` are read as those of `options`.', older.key);
  const entries = [...node.entries.filter((entry) => entry !== older), ...older.value.entries];
  const repeated = new Set(repeatedKeys(entries));
  for (const key of repeated) {
    const message = `\`${key.value}\` is given in \`options\` as well.`;
    rewriting.problems.push(problem('document.invalid', 'error', message, key, 'Keep one of the two.'));
  }
  return { ...node, entries: entries.filter(({ key }) => !repeated.has(key)) };
};

/** Compressions of text files: DataFusion's names, and those that Aqueducts takes and never applies. */
const compressions: Readonly<Record<string, string>> = {
  ...{ none: 'none', uncompressed: 'none', gzip: 'gzip', gz: 'gzip' },
  ...{ bzip2: 'none', xz: 'none', zstd: 'none' },
};

/** How CSV and JSON are compressed when they are written. Parquet has codecs of its own. */
export const textCompression: Rule = (node, _path, rewriting) => {
  const type = entryOf(node, 'type')?.value;
  const options = entryOf(node, 'options');
  if (node.kind !== 'map' || !isText(type) || !/^(?:csv|json)$/i.test(type.value)) return node;
  if (options?.value.kind !== 'map') return node;
  const entries = options.value.entries.map((entry): Entry => {
    const { key, value } = entry;
    if (key.value !== 'compression' || !isText(value)) return entry;
    const spelled = value.value.toLowerCase();
    const word = Object.hasOwn(compressions, spelled) ? compressions[spelled] : undefined;
    if (word === undefined || word === value.value) return entry;
    if (/^(?:bzip2|xz|zstd)$/.test(spelled)) {
      const message = `\`${spelled}\` has no effect: the file is written without compression, as Aqueducts does.`;
      rewriting.problems.push(problem('document.unsupported', 'warning', message, value, 'Write `gzip`.'));
    } else {
      rewriting.alias(`\`${rewriting.typed(value)}\` is read as \`${word}\`.`, value);
    }
    return { key, value: { ...value, value: word } };
  });
  const value = { ...options.value, entries };
  return { ...node, entries: node.entries.map((entry) => (entry === options ? { ...entry, value } : entry)) };
};

/** `{name, data_type}` for `[name, data_type]`; Aqueducts takes both. */
export const partitionColumn: Rule = (node) => {
  const [name, type] = [entryOf(node, 'name'), entryOf(node, 'data_type')];
  if (node.kind !== 'map' || !name || !type || node.entries.length > 2) return node;
  return { kind: 'list', start: node.start, end: node.end, items: [name.value, type.value] };
};

/** Delta's columns have notes, which are most often empty. */
export const columnNotes: Rule = (node) => {
  if (node.kind !== 'map') return node;
  const isEmpty = (value: Node): boolean => value.kind === 'map' && value.entries.length === 0;
  return { ...node, entries: node.entries.filter(({ key, value }) => key.value !== 'metadata' || !isEmpty(value)) };
};

/** `column: a` for `columns: [a]`. */
export const checkColumns: Rule = (node, _path, rewriting) => {
  const type = entryOf(node, 'type')?.value;
  if (node.kind !== 'map' || !isText(type) || !/^(?:not_null|unique)$/i.test(type.value)) return node;
  return {
    ...node,
    entries: node.entries.map((entry): Entry => {
      if (entry.key.value !== 'column' || entryOf(node, 'columns')) return entry;
      rewriting.alias('`column` is read as `columns` with one item.', entry.key);
      return { key: { ...entry.key, value: 'columns' }, value: listOf(entry.value) };
    }),
  };
};

/** A tab may be spelled out, as nothing else with two characters can be meant. */
export const delimiter: Rule = (node, _path, rewriting) => {
  if (!isText(node) || node.value !== '\\t') return node;
  rewriting.alias('`\\t` is read as a tab.', node);
  return { ...node, value: '\t' };
};

/** A list around what is not one. */
function listOf(node: Node): Node {
  return node.kind === 'list' ? node : { kind: 'list', start: node.start, end: node.end, items: [node] };
}

export interface Grouped {
  readonly root: Fields;
  /** Whether the stages stood in one list, without groups. */
  readonly flat: boolean;
}

/** Makes each stage of a flat list a group of its own. */
export function groupStages(root: Fields): Grouped {
  const stages = entryOf(root, 'stages')?.value;
  const flat = stages?.kind === 'list' && stages.items.length > 0 && stages.items.every((item) => item.kind === 'map');
  if (!flat) return { root, flat };
  const grouped = { ...stages, items: stages.items.map(listOf) };
  const entries = root.entries.map((entry) => (entry.value === stages ? { ...entry, value: grouped } : entry));
  return { root: { ...root, entries }, flat };
}

/** Tells, at the key, how a flat list is read. */
export function tellFlat(root: Fields, rewriting: Rewriting): void {
  const key = entryOf(root, 'stages')?.key;
  if (key) rewriting.note('`stages` is a flat list: each stage runs after those that it reads.', key);
}
