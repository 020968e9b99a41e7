// What a schema allows, in words for completion and hover.
import type { JsonSchema } from '../../../../shared/pipeline/json-schema.ts';

/** A value that a schema names. */
export interface Choice {
  readonly value: string | number | boolean;
  readonly description?: string;
  readonly isDefault: boolean;
}

/** The values that the schemas name, each once: tags, enums, booleans, and what stands when nothing is typed. */
export function choicesOf(schemas: readonly JsonSchema[]): readonly Choice[] {
  const choices = new Map<Choice['value'], Choice>();
  for (const schema of schemas) {
    const { description } = schema;
    for (const value of [...named(schema), schema.default, ...(schema.examples ?? [])]) {
      if (!isScalar(value) || value === '' || choices.has(value)) continue;
      const told = schema.const !== undefined && description !== undefined ? { description } : {};
      choices.set(value, { value, isDefault: value === schema.default, ...told });
    }
  }
  return [...choices.values()];
}

function named(schema: JsonSchema): readonly unknown[] {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return schema.enum;
  return typesOf(schema).includes('boolean') ? [true, false] : [];
}

function isScalar(value: unknown): value is Choice['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function typesOf({ type, properties, items }: JsonSchema): readonly string[] {
  if (type !== undefined) return typeof type === 'string' ? [type] : type;
  if (properties) return ['object'];
  return items === undefined ? [] : ['array'];
}

export function isMap(schema: JsonSchema): boolean {
  return typesOf(schema).includes('object');
}

export function isList(schema: JsonSchema): boolean {
  return typesOf(schema).includes('array');
}

const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'text', number: 'number', integer: 'whole number', boolean: 'true or false' },
  ...{ object: 'map', array: 'list', null: 'nothing' },
};

/** `text`, `list or nothing`, `"csv" or "json"`; at most six values are named. */
export function typeWords(schemas: readonly JsonSchema[]): string {
  const parts = schemas.flatMap((schema): readonly string[] => {
    if (schema.const !== undefined) return [JSON.stringify(schema.const)];
    if (schema.enum) {
      const shown = schema.enum.slice(0, 6).map((value) => JSON.stringify(value));
      return schema.enum.length > shown.length ? [...shown, '…'] : shown;
    }
    return typesOf(schema).map((type) => kinds[type] ?? type);
  });
  const unique = [...new Set(parts)];
  return unique.length < 2 ? unique.join('') : `${unique.slice(0, -1).join(', ')} or ${unique.at(-1) ?? ''}`;
}

/** The default of a field as JSON, where the schema has one that is worth telling. */
export function defaultOf(schemas: readonly JsonSchema[]): string | undefined {
  const found = schemas.find((schema) => schema.default !== undefined && schema.default !== null);
  return found && JSON.stringify(found.default);
}

export function exampleOf(schemas: readonly JsonSchema[]): string | undefined {
  const example = schemas.find(({ examples }) => examples?.length)?.examples?.[0];
  return example === undefined ? undefined : JSON.stringify(example);
}
