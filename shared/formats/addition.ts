// Marks fields that Aqueducts does not have and ignores: additions of ours. Their marks stand in zod's registry, from
// where the serializer, the JSON Schema and the option tables read them.
import { z } from '../zod.ts';

/** The schema, marked as an addition and described. Call it last: wrappers around it do not carry the mark. */
export function addition<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ description, addition: true });
}

/** Whether a field's schema is marked as an addition. */
export function isAddition(schema: z.core.$ZodType): boolean {
  return z.globalRegistry.get(schema)?.['addition'] === true;
}
