// The schema of a pipeline as JSON Schema (draft-07, which editors know best). Older spellings are left out, and fields
// that it does not name are allowed, so that a document with either is still valid.
import { z } from '../zod.ts';
import { pipelineSchema } from './schema.ts';

export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly $ref?: string;
  /** Whether Aqueducts does not have the field. */
  readonly 'x-addition'?: boolean;
}

/** What stands in a document: defaults need not be given. Every part with a title is a definition of its own. */
export function pipelineJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(pipelineSchema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodBigInt) jsonSchema.type = 'integer';
      if (zodSchema instanceof z.ZodTuple) {
        Object.assign(jsonSchema, { items: { type: 'string' }, minItems: 2, maxItems: 2 });
        delete jsonSchema.additionalItems;
      }
      if (jsonSchema['addition'] === true) jsonSchema['x-addition'] = true;
      if (jsonSchema['scalar'] === true) Object.assign(jsonSchema, { type: ['string', 'number', 'boolean'] });
      delete jsonSchema['addition'];
      delete jsonSchema['scalar'];
    },
  }) as JsonSchema;
  const definitions = new Map<string, JsonSchema>();
  const root = hoist(schema, definitions, true) as JsonSchema;
  const { stages = {} } = root.properties ?? {};
  return {
    ...root,
    properties: { ...root.properties, stages: { ...stages, items: orAlone(stages.items ?? {}) } },
    definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A group of stages, or one stage as in a flat list. */
function orAlone(group: JsonSchema): JsonSchema {
  return { anyOf: [group, ...(group.items ? [group.items] : [])] };
}

/** The schema with a reference for each part that has a title. */
function hoist(schema: unknown, definitions: Map<string, JsonSchema>, isRoot = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => hoist(item, definitions));
  if (typeof schema !== 'object' || schema === null) return schema;
  const fields = Object.entries(schema).map(
    ([key, value]: [string, unknown]) => [key, hoist(value, definitions)] as const,
  );
  const whole = Object.fromEntries(fields) as JsonSchema;
  if (isRoot || typeof whole.title !== 'string') return whole;
  definitions.set(whole.title, whole);
  return { $ref: `#/definitions/${encodeURIComponent(whole.title)}` };
}
