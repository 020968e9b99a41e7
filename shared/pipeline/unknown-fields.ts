// Fields that the schema does not have. They are ignored, as in Aqueducts, but never silently.
import { z } from '../zod.ts';
import { closest } from './closest.ts';
import { problem, type Problem } from './syntax/problem.ts';
import { entryOf, type Fields, type Node } from './syntax/tree.ts';

/** A warning at the key of every field of the document that its schema does not know. */
export function unknownFields(schema: z.core.$ZodType, node: Node): Problem[] {
  const known = fieldsIn(schema, node);
  if (known instanceof z.ZodArray) {
    const { element }: z.core.$ZodArrayDef = known.def;
    return node.kind === 'list' ? node.items.flatMap((item) => unknownFields(element, item)) : [];
  }
  if (!(known instanceof z.ZodObject) || node.kind !== 'map') return [];
  return node.entries.flatMap(({ key, value }) => {
    const field = fieldOf(known, key.value);
    return field ? unknownFields(field, value) : [unknown(key.value, key, known, node)];
  });
}

function unknown(name: string, key: Node, { shape }: z.ZodObject, map: Fields): Problem {
  const free = Object.keys(shape).filter((field) => entryOf(map, field) === undefined);
  const meant = closest(name, free);
  const message = `There is no field \`${name}\` here; it has no effect.`;
  const merge = name === '<<' ? 'Merge keys are not applied; an alias (`*name`) as a value is.' : undefined;
  const hint = meant === undefined ? merge : `Did you mean \`${meant}\`?`;
  return problem('document.unknown_field', 'warning', message, key, hint);
}

/** The object or list inside of a schema, chosen by the node where there are several; what else there is has no fields. */
function fieldsIn(schema: z.core.$ZodType | undefined, node: Node): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    const tag = entryOf(node, discriminator)?.value;
    const value = tag?.kind === 'scalar' ? tag.value : undefined;
    return schema.options
      .map((option) => fieldsIn(option, node))
      .find((option) => isTagged(option, discriminator, value));
  }
  if (schema instanceof z.ZodPipe) return fieldsIn(schema.in, node);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return fieldsIn(schema.unwrap(), node);
  }
  return schema;
}

function fieldOf(schema: z.ZodObject, name: string): z.core.$ZodType | undefined {
  const shape: z.core.$ZodShape = schema.shape;
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

function isTagged(schema: z.core.$ZodType | undefined, discriminator: string, value: unknown): boolean {
  const tag = schema instanceof z.ZodObject ? fieldOf(schema, discriminator) : undefined;
  return tag instanceof z.ZodLiteral && tag.value === value;
}
