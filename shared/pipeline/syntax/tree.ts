// The document as a tree that is the same for every syntax and remembers where each key and value was typed.
import { failure, type Path } from '../../errors.ts';
import { JsonNumber, type Json } from '../../formats/json/value.ts';
import { limits as sizes } from '../../protocol/limits.ts';
import type { Span } from './text.ts';

/** Integers that a double cannot hold are bigints. */
export type Atom = string | number | bigint | boolean | null;

/**
 * A number as it was typed: a bigint where a double would round an integer. `written` is JSON's text for a number with a
 * point or an exponent, which tells 1.0 from 1 and has all its digits.
 */
export function numberTyped(typed: string, value: number): { value: number | bigint; written?: string } {
  const plain = typed.replaceAll('_', '');
  const [all, sign = '', whole = '', point, power] = /^([-+]?)(\d*)(\.\d*)?(?:[eE]([-+]?\d+))?$/.exec(plain) ?? [];
  if (all === undefined || Number.isNaN(value)) return { value };
  const minus = sign === '-' ? '-' : '';
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  if (point === undefined && power === undefined) {
    const exact = Number.isSafeInteger(value) || digits.length > 400;
    return { value: exact ? value : BigInt(`${minus}${digits}`) };
  }
  const fraction = point === undefined ? '' : `.${point.slice(1) || '0'}`;
  return { value, written: `${minus}${digits}${fraction}${power === undefined ? '' : `e${power}`}` };
}

/** Where the UTF-16 units of a text were typed: unit `index` of the decoded text begins at `start(index)`. */
export interface Spelling {
  /** `index` may be the text's length: its end. */
  start(index: number): number;
  /** Where what unit `index` was typed as ends. */
  end(index: number): number;
}

export interface Scalar extends Span {
  readonly kind: 'scalar';
  readonly value: Atom;
  /** Present for numbers with a point or an exponent: JSON's text for them. */
  readonly written?: string;
  /** A key that YAML 1.1 merges by, which is told already. */
  readonly merge?: true;
  /** Present for texts. Computed when it is asked for. */
  readonly spelling?: () => Spelling;
  /** The parameters that were put into this text, those without a value too. */
  readonly parameters?: readonly string[];
  /** What the text is by the declared type of the one parameter that it consists of. */
  readonly declared?: Atom;
  /** Whether some of them have no value, so that the text is not what it will be. */
  readonly incomplete?: boolean;
}

/** A scalar whose value is text: every key, and the texts among the values. */
export type TextScalar = Scalar & { readonly value: string };

export interface Entry {
  readonly key: TextScalar;
  readonly value: Node;
}

export interface List extends Span {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface Fields extends Span {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
}

export type Node = Scalar | List | Fields;

/** What a document may be at most. A pipeline has a few hundred values and is seven levels deep. */
export const limits = sizes.document;

export function isText(node: Node | undefined): node is TextScalar {
  return node?.kind === 'scalar' && typeof node.value === 'string';
}

/** The entry of a map by its key. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key.value === key) : undefined;
}

/** The node under a path, or undefined where there is none. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) node = childOf(node, step);
  return node;
}

/** The entry that a path names, when its last step is a field. */
export function entryAt(root: Node, path: Path): Entry | undefined {
  const step = path.at(-1);
  return typeof step === 'string' ? entryOf(nodeAt(root, path.slice(0, -1)), step) : undefined;
}

/** The node under a path, or the closest one above it that exists. */
export function closestTo(root: Node, path: Path): Node {
  let node = root;
  for (const step of path) {
    const child = childOf(node, step);
    if (!child) break;
    node = child;
  }
  return node;
}

function childOf(node: Node | undefined, step: string | number): Node | undefined {
  if (typeof step === 'string') return entryOf(node, step)?.value;
  return node?.kind === 'list' ? node.items[step] : undefined;
}

/** The plain data of a tree. Maps have no prototype, so that no key means more than itself. */
export function dataOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(dataOf);
  const data = Object.create(null) as Record<string, unknown>;
  for (const { key, value } of node.entries) data[key.value] = dataOf(value);
  return data;
}

/** The data of a tree as it was written: maps keep the order of their keys, and numbers their digits. */
export function exactDataOf(node: Node): Json {
  if (node.kind === 'list') return node.items.map(exactDataOf);
  if (node.kind === 'map') return new Map(node.entries.map(({ key, value }) => [key.value, exactDataOf(value)]));
  const { value, written } = node;
  if (typeof value === 'bigint') return new JsonNumber(String(value));
  if (typeof value !== 'number') return value;
  if (written !== undefined && Object.is(Number(written), value)) return new JsonNumber(written);
  // What a parameter was declared as, or minus zero.
  return Number.isSafeInteger(value) && !Object.is(value, -0)
    ? value
    : new JsonNumber(Object.is(value, -0) ? '-0' : String(value));
}

/** The keys that repeat an earlier one of the same map. */
export function repeatedKeys(entries: readonly Entry[]): TextScalar[] {
  const seen = new Set<string>();
  return entries
    .map(({ key }) => key)
    .filter(({ value }) => {
      const repeated = seen.has(value);
      seen.add(value);
      return repeated;
    });
}

/** Counts the values of a tree that is being built; throws document.limit, with no place, when there are too many. */
export class Budget {
  #values = 0;

  spend(depth: number): void {
    if (depth > limits.depth) throw tooDeep();
    if (++this.#values > limits.values) {
      throw failure('document.limit', `The document has more than ${limits.values} values.`, {
        hint: 'Aliases count as often as they are used.',
      });
    }
  }
}

/** The error of a document that nests too far. */
export function tooDeep(): Error {
  return failure('document.limit', `The document nests deeper than ${limits.depth} levels.`);
}
