// Infers columns from JSON records, the same way on both platforms. Numbers are what they are written as: integers of 64
// bits are BIGINT, numbers with a point or an exponent DOUBLE. Objects are STRUCT, arrays lists; text stays text, for JSON
// has no dates. What no such type holds exactly, and mixed kinds, are VARCHAR.
import { failure } from '../../errors.ts';
import type { Column } from '../../platform.ts';
import { foldName } from '../../sql/names.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { exactDouble, exactInteger } from './numbers.ts';
import { isWrittenAsInteger, JsonNumber, type Json, type JsonObject } from './value.ts';

/** What has been seen in one place. `unknown` has only been null so far. */
export type Shape =
  | { readonly kind: 'unknown' | 'boolean' | 'number' | 'text' }
  /** `isDouble`: whether doubles hold all of them. */
  | { readonly kind: 'integer'; readonly isDouble: boolean }
  /** Only text holds it, for this reason. */
  | { readonly kind: 'mixed'; readonly reason: string }
  | { readonly kind: 'list'; element: Shape }
  | { readonly kind: 'struct'; readonly fields: Map<string, Shape> };

/** Structs and lists that nest deeper become text: DuckDB takes Arrow types of up to 64 levels. */
const deepestType = 50;

const shapes = {
  unknown: { kind: 'unknown' },
  boolean: { kind: 'boolean' },
  number: { kind: 'number' },
  text: { kind: 'text' },
  integer: { kind: 'integer', isDouble: true },
  wideInteger: { kind: 'integer', isDouble: false },
} as const satisfies Record<string, Shape>;

const words: Readonly<Record<Shape['kind'], string>> = {
  ...{ unknown: 'nothing', boolean: 'true or false', number: 'numbers', integer: 'numbers', text: 'text' },
  ...{ mixed: 'text', list: 'lists', struct: 'objects' },
};

/** Widens a shape by one more value. Structs are widened in place. */
export function widen(shape: Shape, value: Json): Shape {
  if (value === null || shape.kind === 'mixed') return shape;
  if (typeof value !== 'object') {
    if (typeof value === 'number') return widenNumber(shape, shapes.integer);
    return join(shape, typeof value === 'string' ? shapes.text : shapes.boolean);
  }
  if (value instanceof JsonNumber) return widenNumber(shape, shapeOfNumber(value));
  if (Array.isArray(value)) {
    const list = shape.kind === 'list' ? shape : ({ kind: 'list', element: shapes.unknown } satisfies Shape);
    if (shape.kind !== 'list' && shape.kind !== 'unknown') return join(shape, list);
    for (const item of value) list.element = widen(list.element, item);
    return list;
  }
  const struct =
    shape.kind === 'struct' ? shape : ({ kind: 'struct', fields: new Map<string, Shape>() } satisfies Shape);
  if (shape.kind !== 'struct' && shape.kind !== 'unknown') return join(shape, struct);
  widenFields(struct.fields, value);
  return struct;
}

/** Widens the fields of a record, keeping the order in which they were first seen. */
export function widenFields(fields: Map<string, Shape>, record: JsonObject): void {
  for (const [key, value] of record) {
    const shape = fields.get(key);
    const wider = widen(shape ?? shapes.unknown, value);
    if (wider !== shape) fields.set(key, wider);
  }
}

function shapeOfNumber(number: JsonNumber): Shape {
  const integer = isWrittenAsInteger(number.text);
  if (integer && exactInteger(number) === undefined) return mixed('an integer of more than 64 bits', number);
  const isDouble = exactDouble(number) !== undefined;
  if (integer) return isDouble ? shapes.integer : shapes.wideInteger;
  return isDouble ? shapes.number : mixed('a number that a DOUBLE would change', number);
}

function widenNumber(shape: Shape, number: Shape): Shape {
  if (shape.kind === 'integer' && number.kind === 'integer') return shape.isDouble ? number : shape;
  if (
    (shape.kind === 'integer' && number.kind === 'number') ||
    (shape.kind === 'number' && number.kind === 'integer')
  ) {
    const { isDouble } = shape.kind === 'integer' ? shape : (number as Shape & { kind: 'integer' });
    return isDouble ? shapes.number : { kind: 'mixed', reason: 'fractions and integers that a DOUBLE would change' };
  }
  return join(shape, number);
}

function join(shape: Shape, other: Shape): Shape {
  if (shape.kind === 'unknown' || other.kind === 'mixed') return other;
  if (shape.kind === other.kind) return shape;
  return { kind: 'mixed', reason: `${words[shape.kind]} and ${words[other.kind]}` };
}

function mixed(what: string, { text }: JsonNumber): Shape {
  return { kind: 'mixed', reason: `${what}, ${text.length > 40 ? `${text.slice(0, 40)}…` : text}` };
}

/** A part of a column that is read as text although it is not only text. */
export interface KeptAsText {
  /** Such as `who.city`, with `[]` for the items of a list. */
  readonly path: string;
  readonly reason: string;
}

/** The columns of what was seen. Fails with type.unsupported where two keys differ only in case or one is no name. */
export function columnsOf(
  fields: ReadonlyMap<string, Shape>,
  location: string,
  onText: (kept: KeptAsText) => void = () => undefined,
): Column[] {
  const typeOf = (shape: Shape, path: string, depth: number): string => {
    switch (shape.kind) {
      case 'boolean':
        return 'BOOLEAN';
      case 'integer':
        return 'BIGINT';
      case 'number':
        return 'DOUBLE';
      case 'unknown':
      case 'text':
        return 'VARCHAR';
      case 'mixed':
        onText({ path, reason: shape.reason });
        return 'VARCHAR';
      case 'list':
        return depth === deepestType ? deep(path) : `${typeOf(shape.element, `${path}[]`, depth + 1)}[]`;
      case 'struct': {
        if (depth === deepestType) return deep(path);
        if (shape.fields.size === 0) return 'VARCHAR';
        if ([...shape.fields.keys()].some(isNoName)) {
          onText({ path, reason: 'a key that is empty or has a NUL, which no field may be called' });
          return 'VARCHAR';
        }
        requireDistinct([...shape.fields.keys()], location);
        const members = [...shape.fields].map(
          ([name, field]) => `${quoteIdentifier(name)} ${typeOf(field, `${path}.${name}`, depth + 1)}`,
        );
        return `STRUCT(${members.join(', ')})`;
      }
    }
  };
  const deep = (path: string): string => {
    const shown = path.length > 60 ? `${path.slice(0, 60)}…` : path;
    onText({ path: shown, reason: `more than ${deepestType} levels` });
    return 'VARCHAR';
  };
  requireDistinct([...fields.keys()], location);
  if ([...fields.keys()].some(isNoName)) {
    throw failure(
      'type.unsupported',
      `${location} has a key that is empty or has a NUL, which no column may be called.`,
      {
        hint: 'Rename it, or pick the wanted keys with `schema`.',
      },
    );
  }
  return [...fields].map(([name, shape]) => ({ name, type: typeOf(shape, name, 0) }));
}

/** SQL has no name without a character, and none with a NUL. */
function isNoName(key: string): boolean {
  return key === '' || key.includes('\0');
}

function requireDistinct(names: readonly string[], location: string): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(foldName(name));
    if (other !== undefined) {
      throw failure('type.unsupported', `${location} has the keys ${other} and ${name}, which differ only in case.`, {
        hint: 'Rename one of them, or pick the wanted ones with `schema`.',
      });
    }
    seen.set(foldName(name), name);
  }
}
