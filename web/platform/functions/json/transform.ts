// JSON to values of any type: json_transform, from_json and the casts from JSON. What has parts is filled column by
// column; what has none is cast by DuckDB's own rules, from VARCHAR, BOOLEAN, a 64-bit integer or DOUBLE, as JSON has it.
import type { DuckDBType, Member } from '../../../../shared/sql/types.ts';
import { printType } from '../../../../shared/sql/types.ts';
import type { Value, Vectors } from '../extension/vectors.ts';
import { isArray, JsonNumber, JsonObject, print, typeName, type Json } from './tree.ts';

export interface TransformOptions {
  /** Whether what does not fit is an error; else it becomes NULL. */
  readonly strict: boolean;
  /** Whether a key that a struct lacks is an error, where `strict`. */
  readonly refuseUnknownKeys: boolean;
}

/** Undefined where the value lies in something that is NULL. */
type Node = Json | undefined;

/** Characters of a value that an error shows. */
const shownLength = 50;

/** Fills a fresh vector with rows of JSON values. Fills it whole even where it fails, with the first error. */
export function transform(
  vectors: Vectors,
  target: number,
  type: DuckDBType,
  nodes: readonly Node[],
  options: TransformOptions,
): void {
  const filling = new Filling(vectors, options);
  filling.fill(target, type, nodes);
  if (filling.error !== undefined) throw new Error(filling.error);
}

class Filling {
  error: string | undefined;
  readonly #vectors: Vectors;
  readonly #options: TransformOptions;

  constructor(vectors: Vectors, options: TransformOptions) {
    this.#vectors = vectors;
    this.#options = options;
  }

  fill(target: number, type: DuckDBType, nodes: readonly Node[]): void {
    switch (type.kind) {
      case 'struct':
        return this.#fillStruct(target, type.fields, nodes);
      case 'list':
        return this.#fillList(target, type.element, nodes);
      case 'array':
        return this.#fillArray(target, type.element, type.size, nodes);
      case 'map':
        return this.#fillMap(target, type.key, type.value, nodes);
      case 'union':
        return this.#fillUnion(target, type.members, nodes);
      case 'decimal':
        return this.#fillNumber(target, type, nodes);
      case 'enum':
      case 'tuple':
        return this.#fillFromText(target, type, nodes);
      case 'scalar':
        return this.#fillScalar(target, type, nodes);
    }
  }

  #fail(reason: string): null {
    if (this.#options.strict) this.error ??= reason;
    return null;
  }

  #fillScalar(target: number, type: DuckDBType & { kind: 'scalar' }, nodes: readonly Node[]): void {
    if (type.name === '"NULL"') return this.#vectors.writeNulls(target, () => true, nodes.length);
    if (type.name === 'JSON') {
      return this.#vectors.write(
        target,
        type,
        nodes.map((node) => (isAbsent(node) ? null : print(node))),
      );
    }
    if (type.name === 'VARCHAR' || type.name === 'BLOB') return this.#fillText(target, type, nodes);
    if (/^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE)$/.test(type.name)) {
      return this.#fillNumber(target, type, nodes);
    }
    return this.#fillFromText(target, type, nodes);
  }

  /** Any value has a text. */
  #fillText(target: number, type: DuckDBType, nodes: readonly Node[]): void {
    const doubles = nodes.map((node) => (kindOf(node) === 'DOUBLE' ? Number((node as JsonNumber).text) : null));
    const printed = doubles.some((double) => double !== null) ? this.#printDoubles(doubles) : [];
    const texts = nodes.map((node, row) => {
      if (isAbsent(node)) return null;
      if (typeof node === 'string') return node;
      if (node instanceof JsonNumber && node.kind === 'RAW') return node.text;
      return printed[row] ?? print(node);
    });
    this.#vectors.write(target, type, texts);
  }

  #printDoubles(doubles: readonly (number | null)[]): (string | null)[] {
    return this.#vectors.with('DOUBLE', doubles.length, (vector) => {
      this.#vectors.write(vector, { kind: 'scalar', name: 'DOUBLE' }, doubles);
      return this.#vectors.texts(vector, doubles.length);
    });
  }

  /** Dates and the like come from strings alone. */
  #fillFromText(target: number, type: DuckDBType, nodes: readonly Node[]): void {
    const rows = nodes.map((node) => {
      if (isAbsent(node) || typeof node === 'string') return node;
      return this.#fail(`Unable to cast '${shown(node)}' to ${printType(type)}`);
    });
    this.#cast(target, type, rows, 'VARCHAR', false, () => {
      const texts = rows.filter((node) => typeof node === 'string');
      return `Could not convert a string to ${printType(type)}: ${shown(texts[0] ?? null)}`;
    });
  }

  #fillNumber(target: number, type: DuckDBType, nodes: readonly Node[]): void {
    const sort = type.kind === 'decimal' ? 'decimal' : 'numerical';
    const rows = nodes.map((node) => {
      const fits = isAbsent(node) || kindOf(node) !== undefined;
      return fits ? node : this.#fail(`Failed to cast value to ${sort}: ${shown(node)}`);
    });
    const kinds = [...new Set(rows.flatMap((node) => kindOf(node) ?? []))];
    const reason = (kind: string): string => {
      const culprit = rows.find((node) => kindOf(node) === kind);
      return `Failed to cast value to ${sort}: ${shown(culprit ?? null)}`;
    };
    const [only = 'VARCHAR', ...others] = kinds;
    const strict = type.kind !== 'decimal' && this.#options.strict;
    if (others.length === 0) return this.#cast(target, type, rows, only, strict, () => reason(only));
    this.#vectors.writeNulls(target, (row) => isAbsent(rows[row]), rows.length);
    for (const kind of kinds) {
      const part = rows.map((node) => (kindOf(node) === kind ? node : null));
      const chosen = part.flatMap((node, row) => (node === null ? [] : row));
      this.#vectors.with(printType(type), rows.length, (vector) => {
        this.#cast(vector, type, part, kind, strict, () => reason(kind));
        this.#vectors.copyRows(vector, target, type, chosen, rows.length);
      });
    }
  }

  /** Casts values of one kind, given as nodes. */
  #cast(
    target: number,
    type: DuckDBType,
    nodes: readonly Node[],
    kind: string,
    strict: boolean,
    reason: () => string,
  ): void {
    const values = nodes.map((node) => (isAbsent(node) ? null : valueOf(node, kind)));
    const source: DuckDBType = { kind: 'scalar', name: kind };
    if (printType(type) === kind) return this.#vectors.write(target, type, values);
    this.#vectors.with(kind, nodes.length, (vector) => {
      this.#vectors.write(vector, source, values);
      if (this.#vectors.cast(vector, target, nodes.length, strict) !== undefined) this.#fail(reason());
    });
  }

  #fillStruct(target: number, fields: readonly Member[], nodes: readonly Node[]): void {
    this.#vectors.writeNulls(target, (row) => isAbsent(nodes[row]), nodes.length);
    const objects = nodes.map((node) => this.#object(node));
    for (const object of objects) if (object) this.#checkKeys(object, fields);
    fields.forEach(({ name, type }, index) => {
      const column = objects.map((object) => object?.get(name));
      this.fill(this.#vectors.child(target, index), type, column);
    });
  }

  #object(node: Node): JsonObject | null {
    if (isAbsent(node) || node instanceof JsonObject) return node ?? null;
    return this.#fail(`Expected OBJECT, but got ${typeName(node)}: ${shown(node)}`);
  }

  #checkKeys(object: JsonObject, fields: readonly Member[]): void {
    if (!this.#options.strict || this.error !== undefined) return;
    const seen = new Set<string>();
    for (const key of object.keys) {
      const isKnown = fields.some(({ name }) => name === key);
      if (isKnown && seen.has(key)) this.#fail(`Object ${shown(object)} has duplicate key "${key}"`);
      if (!isKnown && this.#options.refuseUnknownKeys) this.#fail(`Object ${shown(object)} has unknown key "${key}"`);
      seen.add(key);
    }
    for (const { name } of fields) {
      if (!seen.has(name)) this.#fail(`Object ${shown(object)} does not have key "${name}"`);
    }
  }

  #fillList(target: number, element: DuckDBType, nodes: readonly Node[]): void {
    const lists = nodes.map((node) => this.#array(node));
    this.#vectors.writeNulls(target, (row) => lists[row] === null, nodes.length);
    this.#vectors.writeLists(target, lists, (child) =>
      this.fill(
        child,
        element,
        lists.flatMap((list) => list ?? []),
      ),
    );
  }

  #array(node: Node): readonly Json[] | null {
    if (isAbsent(node) || isArray(node)) return node ?? null;
    return this.#fail(`Expected ARRAY, but got ${typeName(node)}: ${shown(node)}`);
  }

  #fillArray(target: number, element: DuckDBType, size: number, nodes: readonly Node[]): void {
    const lists = nodes.map((node) => {
      const list = this.#array(node);
      if (list === null || list.length === size) return list;
      const given = shown(node ?? null);
      return this.#fail(`Expected array of size ${size}, but got '${given}' with size ${list.length}`);
    });
    this.#vectors.writeNulls(target, (row) => lists[row] === null, nodes.length);
    const items = lists.flatMap((list): readonly Node[] => list ?? Array.from({ length: size }, () => undefined));
    this.fill(this.#vectors.arrayChild(target), element, items);
  }

  #fillMap(target: number, key: DuckDBType, value: DuckDBType, nodes: readonly Node[]): void {
    const objects = nodes.map((node) => this.#object(node));
    this.#vectors.writeNulls(target, (row) => objects[row] === null, nodes.length);
    const keys = objects.map((object) => object?.keys ?? null);
    this.#vectors.writeLists(target, keys, (entries) => {
      this.fill(
        this.#vectors.child(entries, 0),
        key,
        keys.flatMap((list) => list ?? []),
      );
      this.fill(
        this.#vectors.child(entries, 1),
        value,
        objects.flatMap((object) => object?.values ?? []),
      );
    });
  }

  /** An object with one key, which names the member. */
  #fillUnion(target: number, members: readonly Member[], nodes: readonly Node[]): void {
    const tags = nodes.map((node) => this.#tagOf(node, members));
    this.#vectors.writeNulls(target, (row) => tags[row] === null, nodes.length);
    this.#vectors.write(this.#vectors.child(target, 0), { kind: 'scalar', name: 'UTINYINT' }, tags);
    members.forEach(({ type }, index) => {
      const column = nodes.map((node, row) => (tags[row] === index ? (node as JsonObject).values[0] : undefined));
      this.fill(this.#vectors.child(target, index + 1), type, column);
    });
  }

  #tagOf(node: Node, members: readonly Member[]): number | null {
    if (isAbsent(node)) return null;
    if (!(node instanceof JsonObject)) {
      return this.#fail(`Expected an object representing a union, got ${typeName(node).toLowerCase()}`);
    }
    const [key, ...others] = node.keys;
    if (key === undefined) return this.#fail('Found empty object, instead of union');
    if (others.length > 0) return this.#fail('Found object containing more than one key, instead of union');
    const tag = members.findIndex(({ name }) => name === key);
    if (tag < 0) return this.#fail(`Found object containing unknown key, instead of union: ${key}`);
    return tag;
  }
}

function isAbsent(node: Node): node is null | undefined {
  return node === null || node === undefined;
}

/** The type from which DuckDB casts a value without parts. */
function kindOf(node: Node): 'VARCHAR' | 'BOOLEAN' | 'UBIGINT' | 'BIGINT' | 'DOUBLE' | undefined {
  if (typeof node === 'string') return 'VARCHAR';
  if (typeof node === 'boolean') return 'BOOLEAN';
  if (!(node instanceof JsonNumber)) return undefined;
  return node.kind === 'RAW' ? 'VARCHAR' : node.kind;
}

function valueOf(node: Json, kind: string): Value {
  if (!(node instanceof JsonNumber)) return node as string | boolean;
  if (kind === 'DOUBLE') return Number(node.text);
  return kind === 'VARCHAR' ? node.text : BigInt(node.text);
}

function shown(node: Json): string {
  const text = print(node);
  return text.length > shownLength ? `${text.slice(0, shownLength)}...` : text;
}
