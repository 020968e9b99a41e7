// DuckDB types: the text that DESCRIBE prints ↔ a tree. Grammar as printed by DuckDB v1.5.6 (LogicalType::ToString).
import { keywords } from './keywords.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';
import { tokensOf, type Token } from './tokens.ts';

export interface Member {
  readonly name: string;
  readonly type: DuckDBType;
}

export type DuckDBType =
  /** Any type without parts, by the name that DuckDB prints, such as `TIME WITH TIME ZONE` or `GEOMETRY('OGC:CRS84')`. */
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly element: DuckDBType }
  | { readonly kind: 'array'; readonly element: DuckDBType; readonly size: number }
  | { readonly kind: 'struct'; readonly fields: readonly Member[] }
  /** A struct without names, as `row(1, 2)` makes it. */
  | { readonly kind: 'tuple'; readonly elements: readonly DuckDBType[] }
  | { readonly kind: 'map'; readonly key: DuckDBType; readonly value: DuckDBType }
  | { readonly kind: 'union'; readonly members: readonly Member[] };

/** Reads a type as DESCRIBE prints it. Never fails: what has no other form is a scalar of that name. */
export function parseType(text: string): DuckDBType {
  const reader: Reader = { text, all: tokensOf(text), next: 0 };
  const type = readType(reader);
  return reader.next === reader.all.length ? type : { kind: 'scalar', name: text };
}

/** The type as DESCRIBE prints it, which is also how CAST and column definitions take it. */
export function printType(type: DuckDBType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'enum':
      return `ENUM(${type.values.map(quoteLiteral).join(', ')})`;
    case 'list':
      return `${printType(type.element)}[]`;
    case 'array':
      return `${printType(type.element)}[${type.size}]`;
    case 'struct':
      return `STRUCT(${printMembers(type.fields)})`;
    case 'tuple':
      return `STRUCT(${type.elements.map(printType).join(', ')})`;
    case 'map':
      return `MAP(${printType(type.key)}, ${printType(type.value)})`;
    case 'union':
      return `UNION(${printMembers(type.members)})`;
  }
}

/** Whether there is a struct without names in a type as DESCRIBE prints it. */
export function hasUnnamedStruct(text: string): boolean {
  return text.includes('STRUCT(') && contains(parseType(text), 'tuple');
}

function contains(type: DuckDBType, kind: DuckDBType['kind']): boolean {
  if (type.kind === kind) return true;
  return partsOf(type).some((part) => contains(part, kind));
}

function partsOf(type: DuckDBType): readonly DuckDBType[] {
  switch (type.kind) {
    case 'list':
    case 'array':
      return [type.element];
    case 'struct':
      return type.fields.map((field) => field.type);
    case 'tuple':
      return type.elements;
    case 'map':
      return [type.key, type.value];
    case 'union':
      return type.members.map((member) => member.type);
    default:
      return [];
  }
}

function printMembers(members: readonly Member[]): string {
  return members.map((member) => `${printName(member.name)} ${printType(member.type)}`).join(', ');
}

function printName(name: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toLowerCase());
  return plain ? name : quoteIdentifier(name);
}

interface Reader {
  readonly text: string;
  readonly all: readonly Token[];
  next: number;
}

function readType(reader: Reader): DuckDBType {
  let type = readBase(reader);
  while (reader.all[reader.next]?.text === '[') {
    const size = reader.all[reader.next + 1];
    const counted = size?.kind === 'number';
    if (reader.all[reader.next + (counted ? 2 : 1)]?.text !== ']') break;
    type = counted ? { kind: 'array', element: type, size: Number(size.text) } : { kind: 'list', element: type };
    reader.next += counted ? 3 : 2;
  }
  return type;
}

function readBase(reader: Reader): DuckDBType {
  const start = reader.next;
  const word = reader.all[start]?.text.toUpperCase();
  if (reader.all[start + 1]?.text === '(') {
    reader.next += 2;
    const type = readArguments(reader, word ?? '');
    if (type && reader.all[reader.next]?.text === ')') {
      reader.next += 1;
      return type;
    }
    reader.next = start;
  }
  return readName(reader);
}

/** What stands in the parentheses after a word, up to the closing one. */
function readArguments(reader: Reader, word: string): DuckDBType | undefined {
  switch (word) {
    case 'DECIMAL': {
      const [precision, , scale] = reader.all.slice(reader.next, (reader.next += 3));
      return { kind: 'decimal', precision: Number(precision?.text), scale: Number(scale?.text) };
    }
    case 'ENUM': {
      const values = readList(reader, () => reader.all[reader.next++]);
      return { kind: 'enum', values: values.map((token) => token?.value ?? '') };
    }
    case 'MAP': {
      const [key, value] = readList(reader, () => readType(reader));
      return key && value && { kind: 'map', key, value };
    }
    case 'UNION':
      return { kind: 'union', members: readList(reader, () => readMember(reader)) };
    case 'STRUCT': {
      // A name is followed by the first word of its type; a type alone only in TIME WITH TIME ZONE by a word.
      const second = reader.all[reader.next + 1];
      const named = second?.kind === 'quoted' || (second?.kind === 'identifier' && second.text !== 'WITH');
      if (!named) return { kind: 'tuple', elements: readList(reader, () => readType(reader)) };
      return { kind: 'struct', fields: readList(reader, () => readMember(reader)) };
    }
    default:
      return undefined;
  }
}

function readMember(reader: Reader): Member {
  const name = reader.all[reader.next++]?.value ?? '';
  return { name, type: readType(reader) };
}

function readList<Item>(reader: Reader, read: () => Item): Item[] {
  const items = [read()];
  while (reader.all[reader.next]?.text === ',') {
    reader.next += 1;
    items.push(read());
  }
  return items;
}

/** A name of one or more words, with whatever it carries in brackets of any sort but `[`. */
function readName(reader: Reader): DuckDBType {
  const start = reader.next;
  let depth = 0;
  for (; reader.next < reader.all.length; reader.next++) {
    const sign = reader.all[reader.next]?.text ?? '';
    if (depth === 0 && [',', ')', '['].includes(sign)) break;
    if (sign === '(' || sign === '<') depth += 1;
    if (sign === ')' || sign === '>') depth -= 1;
  }
  const [first, last] = [reader.all[start], reader.all[reader.next - 1]];
  const text = first && last ? reader.text.slice(first.offset, last.offset + last.text.length) : '';
  return { kind: 'scalar', name: text };
}
