// Spellings that Aqueducts or its older versions accept, and some that can mean only one thing, turned into the canonical
// ones before the schema sees them. Keys and values keep the place where they were typed; every other spelling is told.
import type { Issue, Path } from '../../errors.ts';
import { issueOf } from '../document.ts';
import { matches } from '../paths.ts';
import type { SourceText } from '../syntax/text.ts';
import { isText, type Entry, type Node } from '../syntax/tree.ts';
import { dataType } from './datatypes.ts';
import { renameFields } from './fields.ts';
import { Rewriting, type Rule } from './rewriting.ts';
import {
  checkColumns,
  columnNotes,
  delimiter,
  formatOptions,
  groupStages,
  parquetOptions,
  partitionColumn,
  tellFlat,
  textCompression,
  wrapWord,
} from './shapes.ts';
import { canonicalWord } from './tags.ts';

/** What a field is read as when it stands at a path: rules for it as a whole, before its parts. */
const shapes: readonly (readonly [at: string, rule: Rule])[] = [
  ['sources.*.format', wrapWord('type')],
  ['destination.format', wrapWord('type')],
  ['destination.write_mode', wrapWord('operation')],
  ['sources.*.format', formatOptions],
  ['destination.format', formatOptions],
  ['destination.format', textCompression],
  ['destination.format.options', parquetOptions],
  ['sources.*.format.options.delimiter', delimiter],
  ['destination.format.options.delimiter', delimiter],
  ['sources.*.format.options.schema.*', columnNotes],
  ['destination.schema.*', columnNotes],
  ['sources.*.checks.*', checkColumns],
  ['stages.*.*.checks.*', checkColumns],
];

/** Rules for a field once its parts are canonical. */
const finished: readonly (readonly [at: string, rule: Rule])[] = [
  ['sources.*.format.options.schema.*.data_type', dataType],
  ['sources.*.schema.*.data_type', dataType],
  ['sources.*.partition_columns.*.data_type', dataType],
  ['sources.*.partition_columns.*.1', dataType],
  ['destination.schema.*.data_type', dataType],
  ['sources.*.partition_columns.*', partitionColumn],
];

export interface Canonical {
  readonly root: Node;
  readonly issues: readonly Issue[];
  /** Whether the stages stood in one list, without groups. */
  readonly flat: boolean;
}

/** The tree in canonical spelling, with a note for everything that was spelled otherwise. */
export function canonical(root: Node, source: SourceText): Canonical {
  const rewriting = new Rewriting(root, source);
  let [start, flat] = [root, false];
  if (root.kind === 'map') {
    const grouped = groupStages(root);
    [start, flat] = [grouped.root, grouped.flat];
    if (flat) tellFlat(root, rewriting);
  }
  const node = rewrite(start, [], rewriting);
  return { root: node, issues: rewriting.problems.map((found) => issueOf(found, source)), flat };
}

function rewrite(node: Node, path: Path, rewriting: Rewriting): Node {
  const shaped = apply(shapes, node, path, rewriting);
  return apply(finished, rewriteParts(shaped, path, rewriting), path, rewriting);
}

function apply(rules: typeof shapes, node: Node, path: Path, rewriting: Rewriting): Node {
  return rules.reduce((found, [at, rule]) => (matches(at, path) ? rule(found, path, rewriting) : found), node);
}

function rewriteParts(node: Node, path: Path, rewriting: Rewriting): Node {
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item, index) => rewrite(item, [...path, index], rewriting)) };
  }
  if (node.kind === 'map') {
    const renamed = renameFields(node, path, rewriting);
    const entries = renamed.entries.map(({ key, value }): Entry => ({
      key,
      value: rewrite(value, [...path, key.value], rewriting),
    }));
    return { ...renamed, entries };
  }
  const word = isText(node) ? canonicalWord(node.value, path) : undefined;
  if (word === undefined || word === node.value) return node;
  rewriting.alias(`\`${String(node.value)}\` is read as \`${word}\`.`, node);
  return { ...node, value: word };
}
