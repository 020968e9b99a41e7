// Source `inline`: rows that stand in the document itself. Aqueducts does not have it.
import { z } from '../zod.ts';
import type { JsonObject } from '../formats/json/value.ts';
import { declaredColumns } from '../formats/column.schema.ts';
import { relationName } from '../formats/text.schema.ts';
import { checks } from './checks.schema.ts';

const row = z
  .custom<JsonObject>((value) => value instanceof Map, { error: 'must be a map of values' })
  .describe('A row: its values by column.');

export const inlineSource = z
  .object({
    type: z.literal('inline').describe('Rows that stand in the document itself.'),
    name: relationName,
    rows: z.array(row).optional().describe('The rows, each a map of values by column.'),
    csv: z.string().optional().describe('The rows as CSV: a line with the names, and commas between values.'),
    schema: declaredColumns,
    checks,
  })
  .refine(({ rows, csv }) => (rows === undefined) !== (csv === undefined), {
    error: 'must have either `rows` or `csv`',
  })
  .meta({ title: 'Source: inline', addition: true });

export type InlineSource = z.infer<typeof inlineSource>;
