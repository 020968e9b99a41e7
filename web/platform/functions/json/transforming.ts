// json_transform, from_json, and the casts from JSON and to it.
import { messageOf } from '../../../../shared/errors.ts';
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import type { Cast } from '../extension/casts.ts';
import type { Bound, Chunk, FunctionSet, Use } from '../extension/functions.ts';
import { validate } from './grammar.ts';
import { transform, type TransformOptions } from './transform.ts';
import { isArray, JsonObject, parse, print, typeName, type Json } from './tree.ts';
import { castableTypes } from './types.ts';

export const transformFunctions: readonly FunctionSet[] = [
  { names: ['json_transform', 'from_json'], overloads: overloads({ strict: false, refuseUnknownKeys: false }) },
  {
    names: ['json_transform_strict', 'from_json_strict'],
    overloads: overloads({ strict: true, refuseUnknownKeys: false }),
  },
];

function overloads(options: TransformOptions): FunctionSet['overloads'] {
  return ['VARCHAR', 'JSON'].map((type) => ({
    parameters: [type, 'VARCHAR'],
    returns: '"NULL"',
    bind: (use) => bind(use, options),
  }));
}

function bind({ arguments: [, structure], vectors, typeOf }: Use, options: TransformOptions): Bound {
  const text = structure?.constant();
  if (text === undefined) throw new Error('JSON structure must be a constant!');
  if (typeof text !== 'string') return { call: () => null };
  const type = typeOfStructure(parse(text), typeOf);
  const run = ({ rows, inputs: [input = 0], output }: Chunk): void => {
    const texts = vectors.strings(input, rows);
    const nodes = texts.map((text) => (text === null ? null : parse(text)));
    transform(vectors, output, type, nodes, options);
  };
  return { returns: type, run };
}

/** `["INTEGER"]` is a list, `{"a": "DATE"}` a struct, and a string any type's name. */
function typeOfStructure(structure: Json, typeOf: (text: string) => DuckDBType): DuckDBType {
  if (typeof structure === 'string') return typeOf(structure);
  if (isArray(structure)) {
    const [element, ...others] = structure;
    if (element === undefined || others.length > 0) throw new Error('Too many values in array of JSON structure');
    return { kind: 'list', element: typeOfStructure(element, typeOf) };
  }
  if (!(structure instanceof JsonObject)) throw new Error('invalid JSON structure');
  const { keys, values } = structure;
  if (keys.length === 0) throw new Error('Empty object in JSON structure');
  if (new Set(keys).size < keys.length) throw new Error('Duplicate keys in object in JSON structure');
  const fields = keys.map((name, index) => ({ name, type: typeOfStructure(values[index] ?? null, typeOf) }));
  return { kind: 'struct', fields };
}

/** Casts from JSON cost as much as those from VARCHAR. */
export const transformCasts: readonly Cast[] = [
  ...castableTypes.map((target): Cast => ({
    source: 'JSON',
    target,
    cost: (costOf) => costOf('VARCHAR', target),
    run: ({ vectors, rows, source, target, targetType }) => {
      const nodes = vectors.strings(source, rows).map((text) => (text === null ? null : parse(text)));
      transform(vectors, target, targetType, nodes, { strict: true, refuseUnknownKeys: true });
    },
  })),
  { source: 'JSON', target: 'VARCHAR', cost: 1, run: 'nothing' },
  { source: '"NULL"', target: 'JSON', cost: (costOf) => costOf('"NULL"', 'VARCHAR') + 1, run: 'nothing' },
  {
    source: 'VARCHAR',
    target: 'JSON',
    cost: (costOf) => costOf('"NULL"', 'STRUCT') + 1,
    run: ({ vectors, rows, source, target }) => {
      const reading = new Reading();
      const texts = vectors.strings(source, rows).map((text) =>
        reading.try(text, (present) => {
          validate(present);
          return present;
        }),
      );
      vectors.write(target, { kind: 'scalar', name: 'JSON' }, texts);
      reading.end();
    },
  },
  {
    source: 'JSON[]',
    target: 'VARCHAR',
    cost: 1,
    run: ({ vectors, rows, source, sourceType, target }) => {
      const lists = vectors.read(source, sourceType, rows) as (readonly (string | null)[] | null)[];
      const texts = lists.map((list) => list && `[${list.map((text) => text ?? 'NULL').join(', ')}]`);
      vectors.write(target, { kind: 'scalar', name: 'VARCHAR' }, texts);
    },
  },
  {
    source: 'VARCHAR',
    target: 'JSON[]',
    cost: (costOf) => costOf('"NULL"', 'STRUCT') + 1,
    run: ({ vectors, rows, source, target, targetType }) => {
      const reading = new Reading();
      const lists = vectors.strings(source, rows).map((text) => reading.try(text, elementsOf));
      vectors.write(target, targetType, lists);
      reading.end();
    },
  },
];

/** Reads all rows and fails in the end, with the first that failed, as TRY_CAST needs it. */
class Reading {
  #error: Error | undefined;

  try<Result>(text: string | null, read: (text: string) => Result): Result | null {
    try {
      return text === null ? null : read(text);
    } catch (thrown) {
      this.#error ??= new Error(messageOf(thrown));
      return null;
    }
  }

  end(): void {
    if (this.#error) throw this.#error;
  }
}

function elementsOf(text: string): string[] {
  const tree = parse(text);
  if (!isArray(tree)) throw new Error(`Expected ARRAY, but got ${typeName(tree)}: ${text}`);
  return tree.map(print);
}
