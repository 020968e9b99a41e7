// The functions that take JSON as a whole, and json_each and json_tree, which are macros over functions that answer
// lists of rows.
import { plain, type FunctionSet } from '../extension/functions.ts';
import type { Value } from '../extension/vectors.ts';
import { contains, mergePatch } from './compare.ts';
import { parsePath, type JsonPath } from './path.ts';
import { structureOf } from './structure.ts';
import { JsonObject, parse, prettyPrint, print, type Json } from './tree.ts';
import { each, tree, type WalkedRow } from './walk.ts';

const walked =
  'STRUCT("key" VARCHAR, "value" JSON, "type" VARCHAR, atom JSON, id UBIGINT, parent UBIGINT, fullkey VARCHAR, path VARCHAR)[]';

export const wholeFunctions: readonly FunctionSet[] = [
  {
    names: ['json_contains'],
    overloads: ['VARCHAR', 'JSON'].flatMap((haystack) =>
      ['VARCHAR', 'JSON'].map((needle) =>
        plain([haystack, needle], 'BOOLEAN', (one: string, other: string) => contains(parse(one), parse(other))),
      ),
    ),
  },
  {
    names: ['json_merge_patch'],
    overloads: [
      {
        ...plain(['JSON', 'JSON'], 'JSON', (...texts: (string | null)[]) => mergeAll(texts), { handlesNull: true }),
        varargs: 'JSON',
      },
    ],
  },
  { names: ['json_pretty'], overloads: [plain(['JSON'], 'VARCHAR', (text: string) => prettyPrint(parse(text)))] },
  {
    names: ['json_structure'],
    overloads: ['VARCHAR', 'JSON'].map((type) => plain([type], 'JSON', (text: string) => structureOf(parse(text)))),
  },
  { names: ['sluice_json_each'], overloads: [plain(['VARCHAR', 'VARCHAR'], walked, walk(each))] },
  { names: ['sluice_json_tree'], overloads: [plain(['VARCHAR', 'VARCHAR'], walked, walk(tree))] },
];

/** A patch that is NULL makes all that came before NULL; on what is no object a patch is taken as it is. */
function mergeAll(texts: readonly (string | null)[]): string | null {
  const merged = texts.reduce<Json | undefined>((target, text) => {
    if (text === null) return undefined;
    const patch = parse(text);
    return target instanceof JsonObject ? mergePatch(target, patch) : patch;
  }, undefined);
  return merged === undefined ? null : print(merged);
}

function walk(rows: (text: string, path: JsonPath, pathText: string) => WalkedRow[]) {
  return (text: string, path: string): Value => {
    const parsed = parsePath(path);
    if (parsed.hasWildcards) throw new Error('Wildcard JSON path not supported in json_each/json_tree');
    const shown = path.startsWith('$') ? path : `$."${path}"`;
    return rows(text, parsed, shown).map((row) => Object.values(row) as Value[]);
  };
}
