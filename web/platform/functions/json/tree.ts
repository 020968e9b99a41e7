// JSON text ↔ a tree that keeps what JavaScript's own parser loses: the digits of numbers, keys that come twice, and the
// order of keys that look like numbers.
import { code, skipSpace, skipString, skipValue, validate } from './grammar.ts';
import { kindOf, printNumber, type NumberKind } from './number.ts';

export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

/** A number as it was written, or NaN or Infinity. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get kind(): NumberKind {
    return kindOf(this.text);
  }
}

export class JsonObject {
  readonly keys: readonly string[];
  readonly values: readonly Json[];

  constructor(keys: readonly string[], values: readonly Json[]) {
    this.keys = keys;
    this.values = values;
  }

  /** The first value of this key. */
  get(key: string): Json | undefined {
    const index = this.keys.indexOf(key);
    return index < 0 ? undefined : this.values[index];
  }
}

/** Levels of nesting up to which a tree is built; text beyond it can be checked and searched all the same. */
const deepest = 2000;

/** Fails with DuckDB's words for malformed text. */
export function parse(text: string): Json {
  validate(text);
  return read(text, skipSpace(text, 0), 0)[0];
}

/** The value at a place of validated text, and the place behind it. */
function read(text: string, start: number, depth: number): [value: Json, end: number] {
  if (depth > deepest) throw new Error(`The JSON text is nested more than ${deepest} levels deep.`);
  const unit = text.charCodeAt(start);
  if (unit === code.openBrace) return readObject(text, start, depth);
  if (unit === code.openBracket) return readArray(text, start, depth);
  const end = skipValue(text, start);
  return [readScalar(text.slice(start, end)), end];
}

function readScalar(text: string): Json {
  switch (text) {
    case 'null':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      return text.startsWith('"') ? unquote(text) : new JsonNumber(text);
  }
}

function readArray(text: string, start: number, depth: number): [Json[], number] {
  const items: Json[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) !== code.closeBracket) {
    const [item, end] = read(text, at, depth + 1);
    items.push(item);
    at = skipComma(text, end);
  }
  return [items, at + 1];
}

function readObject(text: string, start: number, depth: number): [JsonObject, number] {
  const keys: string[] = [];
  const values: Json[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) !== code.closeBrace) {
    const keyEnd = skipString(text, at);
    keys.push(unquote(text.slice(at, keyEnd)));
    const colon = skipSpace(text, keyEnd);
    const [value, end] = read(text, skipSpace(text, colon + 1), depth + 1);
    values.push(value);
    at = skipComma(text, end);
  }
  return [new JsonObject(keys, values), at + 1];
}

/** The next item or closing bracket behind a value. */
export function skipComma(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text.charCodeAt(at) === code.comma ? skipSpace(text, at + 1) : at;
}

/** What a validated JSON string stands for. */
export function unquote(text: string): string {
  return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
}

export function quote(text: string): string {
  return JSON.stringify(text);
}

/** The value's text without white space. */
export function print(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (value instanceof JsonNumber) return printNumber(value.text);
  if (value instanceof JsonObject) {
    return `{${value.keys.map((key, index) => `${quote(key)}:${print(value.values[index] ?? null)}`).join(',')}}`;
  }
  return `[${value.map(print).join(',')}]`;
}

/** The value's text with a line for each item, indented by four spaces a level. */
export function prettyPrint(value: Json, indent = ''): string {
  const inner = `${indent}    `;
  const block = (open: string, items: readonly string[], close: string): string =>
    items.length === 0 ? open + close : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
  if (value instanceof JsonObject) {
    const items = value.keys.map((key, index) => `${quote(key)}: ${prettyPrint(value.values[index] ?? null, inner)}`);
    return block('{', items, '}');
  }
  if (isArray(value)) {
    const items = value.map((item) => prettyPrint(item, inner));
    return block('[', items, ']');
  }
  return print(value);
}

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The type's name that DuckDB's json_type answers. */
export function typeName(value: Json): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value === 'string') return 'VARCHAR';
  if (value instanceof JsonNumber) return value.kind === 'RAW' ? 'DOUBLE' : value.kind;
  return value instanceof JsonObject ? 'OBJECT' : 'ARRAY';
}
