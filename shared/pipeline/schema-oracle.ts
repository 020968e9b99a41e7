// For tests: what a JSON Schema names, and whether a value fits it. As much of draft-07 as schemas of pipelines use.
import type { JsonSchema } from './json-schema.ts';

/** Every field, and every value of a tag, with the path of fields that leads there. */
export function namesIn(schema: JsonSchema, root: JsonSchema, path: string): string[] {
  const here = resolve(schema, root);
  const tags = [...(here.enum ?? []), ...(here.const === undefined ? [] : [here.const])];
  const { items, additionalProperties: values } = here;
  return [
    ...tags.map((tag) => `${path}=${JSON.stringify(tag)}`),
    ...Object.entries(here.properties ?? {}).flatMap(([name, field]) => {
      const inner = `${path}.${name}`;
      return [inner, ...namesIn(field, root, inner)];
    }),
    ...partsOf(here).flatMap((part) => namesIn(part, root, path)),
    ...(items ? namesIn(items, root, `${path}[]`) : []),
    ...(typeof values === 'object' ? namesIn(values, root, `${path}{}`) : []),
  ];
}

/** Why a value does not fit a schema; nothing where it does. */
export function objections(value: unknown, schema: JsonSchema, root: JsonSchema, path: string): string[] {
  const here = resolve(schema, root);
  const choices = here.oneOf ?? here.anyOf;
  if (choices) {
    const found = choices.map((choice) => objections(value, choice, root, path));
    return found.some((one) => one.length === 0) ? [] : (found.sort((a, b) => a.length - b.length)[0] ?? []);
  }
  const types = here.type === undefined ? [] : [here.type].flat();
  const own = [
    ...(types.length > 0 && !types.includes(typeOf(value)) && !(types.includes('number') && typeOf(value) === 'integer')
      ? [`${path} is ${typeOf(value)} and not ${types.join(' or ')}`]
      : []),
    ...(here.enum && !here.enum.includes(value) ? [`${path} is none of ${here.enum.join()}`] : []),
    ...(here.allOf ?? []).flatMap((part) => objections(value, part, root, path)),
  ];
  if (Array.isArray(value)) {
    const { items = {} } = here;
    return [...own, ...value.flatMap((item: unknown, index) => objections(item, items, root, `${path}[${index}]`))];
  }
  if (typeof value !== 'object' || value === null) return own;
  const fields = value as Readonly<Record<string, unknown>>;
  const missing = (here.required ?? []).filter((name) => !Object.hasOwn(fields, name));
  const parts = Object.entries(fields).flatMap(([name, field]) => {
    const others = typeof here.additionalProperties === 'object' ? here.additionalProperties : {};
    return objections(field, here.properties?.[name] ?? others, root, `${path}.${name}`);
  });
  return [...own, ...missing.map((name) => `${path}.${name} is missing`), ...parts];
}

function partsOf({ anyOf = [], oneOf = [], allOf = [] }: JsonSchema): readonly JsonSchema[] {
  return [...anyOf, ...oneOf, ...allOf];
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const name = decodeURIComponent(schema.$ref.replace('#/definitions/', ''));
  return resolve(root.definitions?.[name] ?? {}, root);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
