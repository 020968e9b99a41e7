// Checks of a relation's rows, on any source and stage. Aqueducts does not have them.
import { z } from '../zod.ts';
import { addition } from '../formats/addition.ts';
import { filledText, wholeNumber } from '../formats/text.schema.ts';

const common = {
  name: filledText.optional().describe('What messages call the check.'),
  severity: z
    .enum(['error', 'warn'])
    .default('error')
    .describe('Whether failing rows end the run before anything is written, or are only told.'),
  samples: wholeNumber.max(100, 'must be 100 or less').default(5).describe('How many failing rows to show.'),
};

const columns = z.array(filledText).min(1, 'must name at least one column').describe('The columns.');
const column = filledText.describe('The column.');
const scalar = z.union([z.string(), z.number(), z.bigint(), z.boolean()], {
  error: 'must be text, a number, `true` or `false`',
});
const bound = z.union([z.number(), z.bigint(), z.string()], { error: 'must be a number or text' }).optional();
const hasBound = ({ min, max }: { readonly min?: unknown; readonly max?: unknown }): boolean =>
  min !== undefined || max !== undefined;
const boundless = { error: 'must have `min`, `max` or both' };

const notNull = z
  .object({ type: z.literal('not_null').describe('No value of these columns is missing.'), columns, ...common })
  .meta({ title: 'Check: not_null' });

const unique = z
  .object({
    type: z
      .literal('unique')
      .describe('No two rows have the same values in these columns. A missing value equals no other.'),
    columns,
    ...common,
  })
  .meta({ title: 'Check: unique' });

const acceptedValues = z
  .object({
    type: z.literal('accepted_values').describe('Every value of the column is one of these, or missing.'),
    column,
    values: z.array(scalar).min(1, 'must have at least one value').describe('The values.'),
    ...common,
  })
  .meta({ title: 'Check: accepted_values' });

const range = z
  .object({
    type: z.literal('range').describe('Every value of the column lies between two values, or is missing.'),
    column,
    min: bound.describe('The least value, itself allowed. A date or the like is text.'),
    max: bound.describe('The greatest value, itself allowed.'),
    ...common,
  })
  .refine(hasBound, boundless)
  .meta({ title: 'Check: range' });

const regex = z
  .object({
    type: z.literal('regex').describe('The pattern is found in every value of the column, or the value is missing.'),
    column,
    pattern: filledText.meta({
      description: 'A regular expression in RE2 syntax. `^` and `$` tie it to both ends.',
      examples: ['^[A-Z]{2}$'],
    }),
    ...common,
  })
  .meta({ title: 'Check: regex' });

const rowCount = z
  .object({
    type: z.literal('row_count').describe('There are so many rows.'),
    min: wholeNumber.optional().describe('The least number of rows.'),
    max: wholeNumber.optional().describe('The greatest number of rows.'),
    ...common,
  })
  .refine(hasBound, boundless)
  .meta({ title: 'Check: row_count' });

const expression = z
  .object({
    type: z.literal('expression').describe('An expression is true for every row, or NULL.'),
    expression: filledText.meta({ description: 'A SQL expression.', examples: ['ended_at >= started_at'] }),
    ...common,
  })
  .meta({ title: 'Check: expression' });

const check = z.discriminatedUnion('type', [notNull, unique, acceptedValues, range, regex, rowCount, expression]);

export const checks = addition(z.array(check).default([]), 'What must be true of the rows.');

export type Check = z.infer<typeof check>;
