// Values of any type to JSON: to_json, json_object, json_array and the casts. What has parts is taken apart column by
// column; what has none and is neither a number nor a truth value becomes the text of DuckDB's VARCHAR cast.
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import type { Cast } from '../extension/casts.ts';
import type { Argument, Chunk, FunctionSet, Overload, Use } from '../extension/functions.ts';
import type { Value, Vectors } from '../extension/vectors.ts';
import { canonical } from './extract.ts';
import { validate } from './grammar.ts';
import { printDouble } from './number.ts';
import { quote } from './tree.ts';
import { castableTypes } from './types.ts';

const json: DuckDBType = { kind: 'scalar', name: 'JSON' };

/** Digits that a DOUBLE always holds: decimals of so many are written as one, without zeros at the end. */
const exactInDouble = 15;

/** Numbers that are written as DuckDB prints them. */
const exact = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|BIGNUM|BOOLEAN)$/;

/** The rows of a vector as JSON; null for NULL. */
function texts(vectors: Vectors, vector: number, type: DuckDBType, rows: number): (string | null)[] {
  vectors.flatten(vector, rows);
  const present = (text: (row: number) => string): (string | null)[] => {
    const isNull = vectors.nulls(vector);
    return Array.from({ length: rows }, (_, row) => (isNull(row) ? null : text(row)));
  };
  switch (type.kind) {
    case 'struct': {
      const names = type.fields.map(({ name }) => quote(name));
      const columns = type.fields.map((field, index) => texts(vectors, vectors.child(vector, index), field.type, rows));
      return present((row) =>
        objectOf(
          names,
          columns.map((column) => column[row] ?? 'null'),
        ),
      );
    }
    case 'list': {
      const items = texts(vectors, vectors.listChild(vector), type.element, vectors.listSize(vector));
      return present((row) => arrayOf(items.slice(...vectors.span(vector, row))));
    }
    case 'array': {
      const items = texts(vectors, vectors.arrayChild(vector), type.element, rows * type.size);
      return present((row) => arrayOf(items.slice(row * type.size, (row + 1) * type.size)));
    }
    case 'map': {
      const [entries, size] = [vectors.listChild(vector), vectors.listSize(vector)];
      vectors.flatten(entries, size);
      const keys = vectors.texts(vectors.child(entries, 0), size).map((key) => quote(key ?? ''));
      const values = texts(vectors, vectors.child(entries, 1), type.value, size).map((value) => value ?? 'null');
      return present((row) => {
        const span = vectors.span(vector, row);
        return objectOf(keys.slice(...span), values.slice(...span));
      });
    }
    case 'union': {
      const tags = vectors.read(vectors.child(vector, 0), { kind: 'scalar', name: 'UTINYINT' }, rows);
      const columns = type.members.map((member, index) =>
        texts(vectors, vectors.child(vector, index + 1), member.type, rows),
      );
      return tags.map((tag, row) => {
        if (typeof tag !== 'number') return null;
        return objectOf([quote(type.members[tag]?.name ?? '')], [columns[tag]?.[row] ?? 'null']);
      });
    }
    case 'decimal':
      return type.precision > exactInDouble ? vectors.texts(vector, rows) : doubles(vectors, vector, rows);
    case 'enum':
    case 'tuple':
      return vectors.texts(vector, rows).map((text) => text && quote(text));
    case 'scalar':
      return scalarTexts(vectors, vector, type.name, rows);
  }
}

function scalarTexts(vectors: Vectors, vector: number, name: string, rows: number): (string | null)[] {
  if (exact.test(name)) return vectors.texts(vector, rows);
  if (name === 'FLOAT' || name === 'DOUBLE') return doubles(vectors, vector, rows);
  if (name !== 'JSON') return vectors.texts(vector, rows).map((text) => (text === null ? null : quote(text)));
  return vectors.strings(vector, rows).map((text) => {
    if (text !== null) validate(text);
    return text && canonical(text.trim());
  });
}

function doubles(vectors: Vectors, vector: number, rows: number): (string | null)[] {
  return vectors.with('DOUBLE', rows, (converted) => {
    vectors.cast(vector, converted, rows);
    const values = vectors.read(converted, { kind: 'scalar', name: 'DOUBLE' }, rows);
    return values.map((value) => (typeof value === 'number' ? printDouble(value) : null));
  });
}

function objectOf(keys: readonly string[], values: readonly string[]): string {
  return `{${keys.map((key, index) => `${key}:${values[index] ?? 'null'}`).join(',')}}`;
}

function arrayOf(items: readonly (string | null)[]): string {
  return `[${items.map((item) => item ?? 'null').join(',')}]`;
}

/** A signature that takes any number of arguments of any type. */
function variadic(handlesNull: boolean, check: (uses: readonly Argument[]) => void, make: Maker): Overload {
  return {
    parameters: [],
    varargs: 'ANY',
    returns: 'JSON',
    handlesNull,
    bind: ({ arguments: given, vectors }: Use) => {
      check(given);
      const run = ({ rows, inputs, output }: Chunk): void => {
        const columns = inputs.map((input) => texts(vectors, input, vectors.typeOf(input), rows));
        vectors.write(output, json, make(columns, rows));
      };
      return { run };
    },
  };
}

type Maker = (columns: readonly (readonly (string | null)[])[], rows: number) => Value[];

const first: Maker = ([column = []]) => [...column];

function one(name: string, check: (type: DuckDBType) => string | undefined = () => undefined): FunctionSet {
  const checkAll = ([argument, ...others]: readonly Argument[]): void => {
    if (!argument || others.length > 0) throw new Error(`${name}() takes exactly one argument`);
    const type = argument.type();
    const isNull = type.kind === 'scalar' && type.name === '"NULL"';
    const wanted = isNull ? undefined : check(type);
    if (wanted) throw new Error(`${name}() argument type must be ${wanted}`);
  };
  return { names: [name], overloads: [variadic(false, checkAll, first)] };
}

function checkPairs(given: readonly Argument[]): void {
  if (given.length % 2 !== 0) throw new Error('json_object() requires an even number of arguments');
  given.forEach((argument, index) => {
    const type = argument.type();
    const isText = type.kind === 'scalar' && type.name === 'VARCHAR';
    if (index % 2 === 0 && !isText) throw new Error('json_object() keys must be VARCHAR, add an explicit cast');
  });
}

function makeObjects(columns: readonly (readonly (string | null)[])[], rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const cells = columns.map((column) => column[row] ?? null);
    const keys = cells.filter((_, index) => index % 2 === 0).map(keyOf);
    const values = cells.filter((_, index) => index % 2 === 1).map((value) => value ?? 'null');
    return objectOf(keys, values);
  });
}

function keyOf(key: string | null): string {
  if (key === null) throw new Error('JSON key cannot be NULL');
  return key;
}

export const createFunctions: readonly FunctionSet[] = [
  one('to_json'),
  one('json_quote'),
  one('array_to_json', (type) => (type.kind === 'list' || type.kind === 'array' ? undefined : 'LIST or ARRAY')),
  one('row_to_json', (type) => (type.kind === 'struct' ? undefined : 'STRUCT')),
  { names: ['json_object'], overloads: [variadic(true, checkPairs, makeObjects)] },
  {
    names: ['json_array'],
    overloads: [
      variadic(
        true,
        () => undefined,
        (columns, rows) =>
          Array.from({ length: rows }, (_, row) => arrayOf(columns.map((column) => column[row] ?? null))),
      ),
    ],
  },
];

/** Any value becomes JSON by a cast, and DuckDB would rather do that than cast to VARCHAR. A text must be JSON already. */
export const createCasts: readonly Cast[] = castableTypes.map((source) => ({
  source,
  target: 'JSON',
  cost: (costOf) => Math.max(costOf(source, 'VARCHAR') - 1, 0),
  run: ({ vectors, rows, source: from, sourceType, target }) =>
    vectors.write(target, json, texts(vectors, from, sourceType, rows)),
}));
