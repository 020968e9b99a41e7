// json_each and json_tree: a row for each element of a value, or for the value and everything in it.
import type { JsonPath } from './path.ts';
import { isArray, JsonObject, parse, print, typeName, type Json } from './tree.ts';

/** The columns of both functions, in order. Ids number the values of the whole document, and the keys of objects too. */
export interface WalkedRow {
  readonly key: string | null;
  readonly value: string;
  readonly type: string;
  /** The value where it has no parts and is not null. */
  readonly atom: string | null;
  readonly id: bigint;
  readonly parent: bigint | null;
  readonly fullkey: string;
  readonly path: string;
}

interface Node {
  readonly value: Json;
  readonly id: number;
  /** Of an object's member. */
  readonly key?: string;
  readonly children: readonly Node[];
}

/** The elements of the value at a path, or the value itself where it has none. No row when there is no value. */
export function each(text: string, path: JsonPath, pathText: string): WalkedRow[] {
  const root = nodeAt(text, path);
  if (!root) return [];
  if (!hasParts(root.value)) return [rowOf(root, null, null, pathText, pathText)];
  return root.children.map((child, index) => {
    const [key, step] = stepTo(root, child, index);
    return rowOf(child, key, null, pathText + step, pathText);
  });
}

/** The value at a path and all that lies in it, each before its parts. */
export function tree(text: string, path: JsonPath, pathText: string): WalkedRow[] {
  const root = nodeAt(text, path);
  if (!root) return [];
  const rows = [rowOf(root, null, null, pathText, pathText)];
  const descend = (node: Node, here: string): void => {
    node.children.forEach((child, index) => {
      const [key, step] = stepTo(node, child, index);
      rows.push(rowOf(child, key, node, here + step, here));
      descend(child, here + step);
    });
  };
  descend(root, pathText);
  return rows;
}

function nodeAt(text: string, { steps }: JsonPath): Node | undefined {
  let node: Node | undefined = number(parse(text), { last: -1 });
  for (const step of steps) {
    if (!node) return undefined;
    const { value, children }: Node = node;
    if (step.kind === 'key' && value instanceof JsonObject) node = children.find(({ key }) => key === step.key);
    else if (step.kind === 'index' && isArray(value)) node = children.at(step.index);
    else return undefined;
  }
  return node;
}

function number(value: Json, count: { last: number }, key?: string): Node {
  const id = ++count.last;
  const named = key === undefined ? {} : { key };
  if (isArray(value)) return { ...named, value, id, children: value.map((item) => number(item, count)) };
  if (!(value instanceof JsonObject)) return { ...named, value, id, children: [] };
  const children = value.keys.map((name, index) => {
    count.last++; // the key's own number
    return number(value.values[index] ?? null, count, name);
  });
  return { ...named, value, id, children };
}

function hasParts(value: Json): boolean {
  return isArray(value) || value instanceof JsonObject;
}

function stepTo(parent: Node, { key }: Node, index: number): [key: string, step: string] {
  return key === undefined || isArray(parent.value) ? [String(index), `[${index}]`] : [key, `.${key}`];
}

function rowOf(node: Node, key: string | null, parent: Node | null, fullkey: string, path: string): WalkedRow {
  const value = print(node.value);
  const atom = node.value === null || hasParts(node.value) ? null : value;
  const { id } = node;
  return {
    key,
    value,
    type: typeName(node.value),
    atom,
    id: BigInt(id),
    parent: parent && BigInt(parent.id),
    fullkey,
    path,
  };
}
