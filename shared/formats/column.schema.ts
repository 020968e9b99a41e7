// A column of a declared schema (chapter 2 of the Aqueducts reference: `Field`).
import { z } from '../zod.ts';
import { SluiceError } from '../errors.ts';
import { addition } from './addition.ts';
import { duckdbTypeOf } from './datatypes.ts';
import { filledText } from './text.schema.ts';

/** An Aqueducts type, such as `int32`, `timestamp<us,UTC>` or `list<struct<a:string>>`. */
export const dataType = z
  .string()
  .max(1000, 'must not be longer than 1000 characters')
  .superRefine((spelling, context) => {
    const { message, hint, code } = refusalOf(spelling) ?? {};
    if (message === undefined) return;
    const error = `cannot be used: ${message.replace(/\.$/, '')}`;
    context.addIssue({ code: 'custom', message: error, params: { code, ...(hint === undefined ? {} : { hint }) } });
  })
  .meta({
    description: 'The type, such as `int64`, `decimal<10,2>`, `timestamp<us,UTC>` or `list<string>`.',
    examples: ['string', 'int64', 'float64', 'bool', 'date32', 'timestamp<us>', 'decimal<10,2>', 'list<string>'],
  });

/** Why there is no DuckDB type for a spelling. */
function refusalOf(spelling: string): SluiceError['issue'] | undefined {
  if (spelling.length > 1000) return undefined; // refused already
  try {
    duckdbTypeOf(spelling);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SluiceError) return thrown.issue;
    throw thrown;
  }
}

export const declaredColumn = z
  .object({
    name: filledText.describe('The name of the column.'),
    data_type: dataType,
    nullable: z.boolean().default(true).describe('Whether values may be missing.'),
    lossy: addition(
      z.boolean().default(false),
      'Whether a value may change to fit the type, as CAST would change it: be rounded, lose its time or its offset.',
    ),
    description: z.string().nullish().describe('A note for people.'),
  })
  .meta({ title: 'Column' });

export type DeclaredColumn = z.output<typeof declaredColumn>;

/** The columns of a file. An empty list means that they are inferred. */
export const declaredColumns = z
  .array(declaredColumn)
  .default([])
  .describe('The columns, in order. An empty list means that they are inferred.');
