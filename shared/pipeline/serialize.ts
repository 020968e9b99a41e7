// Pipeline → canonical JSON (chapter 1.8 of the Aqueducts reference): defaults filled in, aliases gone, null where
// nothing is given. Locations are kept as they were typed. Additions of ours are fields that Aqueducts ignores; they are
// left out where they say nothing new, and parameters are replaced already.
import { z } from '../zod.ts';
import { JsonNumber, type JsonObject } from '../formats/json/value.ts';
import { isAddition } from '../formats/addition.ts';
import type { Mask } from './parameters/secrets.ts';
import { pipelineSchema, versionDialect, type Pipeline } from './schema.ts';
import { chosen, partOf } from './schema-walk.ts';

/** For people and files: what `mask` hides is hidden. `loaded.mask` hides the secrets. */
export function serialize(pipeline: Pipeline, mask: Mask): string {
  return toText(masked(canonicalData(pipeline), mask));
}

/** For an executor, which must know the secrets to do its work. `loadSubstituted` reads it. */
export function toWire(pipeline: Pipeline): string {
  return toText(canonicalData(pipeline));
}

/** JSON text, in which the rows of inline sources are as they were written; empty for nothing. */
function toText(data: unknown): string {
  if (data === undefined) return '';
  if (typeof data === 'bigint') return String(data);
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  if (data instanceof JsonNumber) return data.text;
  if (Array.isArray(data)) return `[${data.map((item) => toText(item) || 'null').join(',')}]`;
  const fields = data instanceof Map ? [...(data as JsonObject)] : Object.entries(data);
  const present = fields.filter(([, value]) => value !== undefined);
  return `{${present.map(([key, value]) => `${JSON.stringify(key)}:${toText(value)}`).join(',')}}`;
}

function canonicalData({ version, dialect, sources, stages, destination }: Pipeline): unknown {
  const stated = dialect === versionDialect(version) ? {} : { dialect };
  const document = { version, ...stated, params: {}, sources, stages, destination };
  return withoutDefaults(pipelineSchema, z.encode(pipelineSchema, document));
}

/** The data without additions that are what they are by default. */
function withoutDefaults(schema: z.core.$ZodType | undefined, data: unknown): unknown {
  if (typeof data !== 'object' || data === null || data instanceof Map) return data;
  const known = chosen(schema, (field) => (data as Readonly<Record<string, unknown>>)[field]);
  if (Array.isArray(data)) {
    return data.map((item: unknown, index) => withoutDefaults(partOf(known, index), item));
  }
  const fields = Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    const part = partOf(known, key);
    if (part && isAddition(part) && toText(value) === toText(z.safeParse(part, undefined).data)) return [];
    return [[key, withoutDefaults(part, value)] as const];
  });
  return Object.fromEntries(fields);
}

function masked(data: unknown, mask: Mask): unknown {
  if (typeof data === 'string') return mask(data);
  if (Array.isArray(data)) return data.map((item: unknown) => masked(item, mask));
  if (typeof data !== 'object' || data === null || data instanceof JsonNumber) return data;
  if (data instanceof Map) {
    return new Map([...(data as JsonObject)].map(([key, value]) => [mask(key), masked(value, mask)]));
  }
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [mask(key), masked(value, mask)]));
}
