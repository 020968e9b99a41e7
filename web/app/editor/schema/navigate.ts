// Walks the JSON Schema beside a half-typed document. A choice between objects is made by their tags, such as `type`,
// as far as they are typed; while they are not, all of the choice counts.
import type { Path } from '../../../../shared/errors.ts';
import { fieldOf, textOf, type Sketch, type SketchNode } from '../sketch/tree.ts';
import { nodeAt } from '../sketch/cursor.ts';
import type { JsonSchema } from '../../../../shared/pipeline/json-schema.ts';

/** A field that a map may have. */
export interface Field {
  readonly name: string;
  /** What its value may be. */
  readonly schemas: readonly JsonSchema[];
  readonly required: boolean;
  readonly description?: string;
}

export class SchemaBook {
  readonly #root: JsonSchema;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  /** What may stand under a path of a document: plain schemas, choices and references resolved. */
  at(path: Path, sketch: Sketch): readonly JsonSchema[] {
    let schemas: readonly JsonSchema[] = [this.#root];
    for (const [index, step] of path.entries()) {
      const node = nodeAt(sketch, path.slice(0, index));
      // The field itself does not choose: at `type` every type counts.
      const chosen = this.#choose(this.#plain(schemas), node, sketch, String(step));
      schemas = chosen.flatMap((schema) => this.#step(schema, step));
    }
    return this.#choose(this.#plain(schemas), nodeAt(sketch, path), sketch);
  }

  /** The fields that one of the schemas names, each once. */
  fields(schemas: readonly JsonSchema[]): readonly Field[] {
    const maps = schemas.filter(({ properties }) => properties !== undefined);
    const names = new Set(maps.flatMap(({ properties = {} }) => Object.keys(properties)));
    return [...names].map((name): Field => {
      const holders = maps.filter(({ properties = {} }) => Object.hasOwn(properties, name));
      const found = this.#plain(holders.flatMap((holder) => this.#step(holder, name)));
      const described = holders.map(({ properties = {} }) => this.#resolve(properties[name] ?? {}).description);
      const description = described.find((words) => words !== undefined);
      return {
        name,
        schemas: found,
        required: holders.length === maps.length && holders.every(({ required }) => required?.includes(name) === true),
        ...(description === undefined ? {} : { description }),
      };
    });
  }

  /** The schemas of the items of those that are lists. */
  items(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
    return this.#plain(schemas.flatMap((schema) => this.#step(schema, 0)));
  }

  #step(schema: JsonSchema, step: string | number): readonly JsonSchema[] {
    if (typeof step === 'number') {
      return schema.items ? [schema.items] : [];
    }
    const { properties = {}, additionalProperties } = schema;
    const field = Object.hasOwn(properties, step) ? properties[step] : undefined;
    if (field) {
      const resolved = this.#resolve(field);
      // What a tag means is told by the map that it chooses.
      const meaning = resolved.const === undefined ? undefined : (resolved.description ?? schema.description);
      return [meaning === undefined ? field : { ...resolved, description: meaning }];
    }
    return typeof additionalProperties === 'object' ? [additionalProperties] : [];
  }

  /** The schemas with every reference and choice laid open. */
  #plain(schemas: readonly JsonSchema[], depth = 0): readonly JsonSchema[] {
    if (depth > 16) return [];
    return schemas.flatMap((schema): readonly JsonSchema[] => {
      const { oneOf, anyOf, allOf, ...own } = this.#resolve(schema);
      const choices = oneOf ?? anyOf;
      if (choices) {
        const { description, default: standard } = own;
        return this.#plain(choices, depth + 1).map((choice) => ({
          ...(description === undefined ? {} : { description }),
          ...choice,
          ...(standard === undefined ? {} : { default: standard }),
        }));
      }
      return [this.#plain(allOf ?? [], depth + 1).reduce((whole, part) => merged(part, whole), own)];
    });
  }

  /** Of several maps those whose tags are as typed; all where none fits. */
  #choose(
    schemas: readonly JsonSchema[],
    node: SketchNode | undefined,
    sketch: Sketch,
    except?: string,
  ): readonly JsonSchema[] {
    if (schemas.length < 2 || node?.kind !== 'map') return schemas;
    const fitting = schemas.filter(({ properties = {} }) =>
      Object.entries(properties).every(([name, field]) => {
        const tag = this.#resolve(field).const;
        const typed = name === except ? undefined : fieldOf(sketch.text, node, name);
        if (tag === undefined || typed?.kind !== 'text') return true;
        return typeof tag === 'string' && textOf(sketch.text, typed).toLowerCase() === tag.toLowerCase();
      }),
    );
    return fitting.length === 0 ? schemas : fitting;
  }

  #resolve(schema: JsonSchema): JsonSchema {
    let resolved = schema;
    for (let hops = 0; resolved.$ref !== undefined && hops < 16; hops++) {
      const { $ref, ...own } = resolved;
      resolved = { ...this.#definition($ref), ...own };
    }
    return resolved;
  }

  #definition(reference: string): JsonSchema {
    if (reference === '#') return this.#root;
    const name = decodeURIComponent(reference.slice(reference.lastIndexOf('/') + 1));
    return this.#root.definitions?.[name] ?? {};
  }
}

/** Both at once; what `own` says wins. */
function merged(part: JsonSchema, own: JsonSchema): JsonSchema {
  const properties = part.properties || own.properties ? { ...part.properties, ...own.properties } : undefined;
  return { ...part, ...own, ...(properties ? { properties } : {}) };
}
