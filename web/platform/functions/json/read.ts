// The functions that read a value out of JSON text: json_extract and its family. Each takes JSON or VARCHAR, and a path
// that may be a text, an index or a list of paths.
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import { plain, type Bound, type FunctionSet, type Overload, type Use } from '../extension/functions.ts';
import type { Value } from '../extension/vectors.ts';
import { asText, canonical, find, findAll } from './extract.ts';
import { isValid, validate } from './grammar.ts';
import { kindOf } from './number.ts';
import { parsePath, type JsonPath } from './path.ts';
import { isArray, JsonNumber, JsonObject, parse, print, type Json } from './tree.ts';

/** What is made of a value's text as it stands in the document. */
type Reading = (value: string) => Value;

interface Family {
  readonly names: readonly string[];
  readonly returns: string;
  readonly read: Reading;
  /** Whether there is a form without a path, for the whole document. */
  readonly whole?: boolean;
  /** Whether the path may be a number. */
  readonly index?: boolean;
  /** What is answered where the path leads nowhere; else NULL. */
  readonly missing?: Value;
}

const families: readonly Family[] = [
  { names: ['json_extract', 'json_extract_path'], returns: 'JSON', index: true, read: canonical },
  {
    names: ['json_extract_string', 'json_extract_path_text', '->>'],
    returns: 'VARCHAR',
    index: true,
    read: asText,
  },
  { names: ['json_value'], returns: 'VARCHAR', index: true, read: (value) => (hasParts(value) ? null : atom(value)) },
  { names: ['json_type'], returns: 'VARCHAR', whole: true, read: typeOf },
  { names: ['json_array_length'], returns: 'UBIGINT', whole: true, read: lengthOf },
  { names: ['json_keys'], returns: 'VARCHAR[]', whole: true, read: keysOf },
  { names: ['json_exists'], returns: 'BOOLEAN', read: () => true, missing: false },
];

export const readFunctions: readonly FunctionSet[] = [
  ...families.map((family) => ({
    names: family.names,
    overloads: ['VARCHAR', 'JSON'].flatMap((type) => overloadsOf(family, type)),
  })),
  { names: ['json_valid'], overloads: ['VARCHAR', 'JSON'].map((type) => plain([type], 'BOOLEAN', isValid)) },
];

function overloadsOf(family: Family, type: string): Overload[] {
  const { returns, read } = family;
  const whole = plain([type], returns, (text: string) => {
    validate(text);
    return read(text.trim());
  });
  return [
    ...(family.whole ? [whole] : []),
    { parameters: [type, 'VARCHAR'], returns, bind: (use) => bindPath(family, use) },
    ...(family.index
      ? [plain([type, 'BIGINT'], returns, (text: string, index: bigint) => readAt(family, text, pathOf(index)))]
      : []),
    { parameters: [type, 'VARCHAR[]'], returns: `${returns}[]`, bind: (use) => bindPaths(family, use) },
  ];
}

function bindPath(family: Family, { arguments: [, path] }: Use): Bound {
  const given = path?.constant();
  if (typeof given !== 'string') return { call: (text: string, path: string) => readAt(family, text, pathOf(path)) };
  const parsed = parsePath(given);
  if (!parsed.hasWildcards) return { reads: 1, call: (text: string) => readAt(family, text, parsed) };
  return {
    returns: listOf(family.returns),
    reads: 1,
    call: (text: string) => findAll(parse(text), parsed).map((value) => family.read(textOf(value))),
  };
}

function bindPaths(family: Family, { arguments: [, paths] }: Use): Bound {
  const given = paths?.constant();
  if (given === undefined) throw new Error('List of paths must be constant');
  if (given === null || typeof given === 'string') return { call: () => null };
  const parsed = given.map((path) => {
    if (path === null) throw new Error('JSON path cannot be NULL');
    return parsePath(path);
  });
  if (parsed.some((path) => path.hasWildcards)) {
    throw new Error('Cannot have wildcards in JSON path when supplying multiple paths');
  }
  return { reads: 1, call: (text: string) => parsed.map((path) => readAt(family, text, path)) };
}

/** Numbers as they were written, for -0 is another number than 0. */
function textOf(value: Json): string {
  return value instanceof JsonNumber ? value.text : print(value);
}

function readAt({ read, missing = null }: Family, text: string, path: JsonPath): Value {
  const value = find(text, path);
  return value === undefined ? missing : read(value);
}

/** Paths that come from rows: usually few differ. */
const parsedPaths = new Map<string | bigint, JsonPath>();

function pathOf(path: string | bigint): JsonPath {
  const known = parsedPaths.get(path);
  if (known) return known;
  const parsed = parsePath(path);
  if (parsed.hasWildcards) {
    throw new Error('JSON path cannot contain wildcards if the path is not a constant parameter');
  }
  if (parsedPaths.size >= 1000) parsedPaths.clear();
  parsedPaths.set(path, parsed);
  return parsed;
}

function listOf(name: string): DuckDBType {
  return name.endsWith('[]')
    ? { kind: 'list', element: listOf(name.slice(0, -2)) }
    : { kind: 'list', element: { kind: 'scalar', name } };
}

function hasParts(value: string): boolean {
  return value.startsWith('{') || value.startsWith('[');
}

function atom(value: string): string | null {
  return value === 'null' ? null : canonical(value);
}

function typeOf(value: string): string {
  if (value === 'null') return 'NULL';
  switch (value.charAt(0)) {
    case '{':
      return 'OBJECT';
    case '[':
      return 'ARRAY';
    case '"':
      return 'VARCHAR';
    case 't':
    case 'f':
      return 'BOOLEAN';
    default: {
      const kind = kindOf(value);
      return kind === 'RAW' ? 'DOUBLE' : kind;
    }
  }
}

function lengthOf(value: string): bigint {
  const tree = value.startsWith('[') ? parse(value) : [];
  return BigInt(isArray(tree) ? tree.length : 0);
}

function keysOf(value: string): readonly string[] {
  const tree = value.startsWith('{') ? parse(value) : null;
  return tree instanceof JsonObject ? tree.keys : [];
}
