// Walks a schema beside a tree: which part of the schema judges a node.
import { z } from '../zod.ts';
import { entryOf, type Node } from './syntax/tree.ts';

/** The schema inside of wrappers, of the choice that the node makes where there is one. */
export function schemaOf(schema: z.core.$ZodType | undefined, node: Node | undefined): z.core.$ZodType | undefined {
  return chosen(schema, (field) => {
    const tag = entryOf(node, field)?.value;
    return tag?.kind === 'scalar' ? tag.value : undefined;
  });
}

/** The schema inside of wrappers; `tagAt` gives the value of the field that a choice goes by. */
export function chosen(
  schema: z.core.$ZodType | undefined,
  tagAt: (field: string) => unknown,
): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    return schema.options
      .map((option) => chosen(option, tagAt))
      .find((option) => isTagged(option, discriminator, tagAt(discriminator)));
  }
  const inner = innerOf(schema);
  return inner ? chosen(inner, tagAt) : schema;
}

/** What a wrapper holds; a codec holds what it reads. */
export function innerOf(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodPipe) return schema.in;
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return schema.unwrap();
  }
  return undefined;
}

/** The schema of a field or item of what a schema without wrappers stands for; undefined where it has none. */
export function partOf(schema: z.core.$ZodType | undefined, step: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) {
    const { element }: z.core.$ZodArrayDef = schema.def;
    return element;
  }
  if (schema instanceof z.ZodTuple) {
    const { items }: z.core.$ZodTupleDef = schema.def;
    return items[Number(step)];
  }
  if (schema instanceof z.ZodRecord) {
    const { valueType }: z.core.$ZodRecordDef = schema.def;
    return valueType;
  }
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape: z.core.$ZodShape = schema.shape;
  const { catchall }: z.core.$ZodObjectDef = schema.def;
  return Object.hasOwn(shape, step) ? shape[step] : catchall;
}

function isTagged(schema: z.core.$ZodType | undefined, discriminator: string, value: unknown): boolean {
  const tag = schema instanceof z.ZodObject ? partOf(schema, discriminator) : undefined;
  return tag instanceof z.ZodLiteral && tag.value === value;
}
