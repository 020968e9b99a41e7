// Destination `odbc`, as it stands in a document (chapter 1.7 of the Aqueducts reference).
import { z } from '../zod.ts';
import { filledText, wholeNumber } from '../formats/text.schema.ts';
import { connectionString } from '../sources/odbc.schema.ts';

const append = z
  .object({ operation: z.literal('append').describe('Adds the rows to the table.') })
  .meta({ title: 'Write mode: append' });

const custom = z
  .object({
    operation: z.literal('custom').describe('Runs statements of your own in one transaction.'),
    transaction: z
      .object({
        pre_insert: z
          .string()
          .nullable()
          .default(null)
          .describe('A statement to run before any row, such as a DELETE.'),
        insert: filledText.describe('The statement to run for each row, with a `?` for each column in order.'),
      })
      .describe('The statements.'),
  })
  .meta({ title: 'Write mode: custom' });

export const odbcDestination = z
  .object({
    type: z.literal('odbc').describe('A table of a database.'),
    name: filledText.describe('The name of the table, which must be there.'),
    connection_string: connectionString,
    write_mode: z.discriminatedUnion('operation', [append, custom]).describe('How the rows get into the table.'),
    batch_size: wholeNumber.min(1, 'must be 1 or more').default(1000).describe('How many rows to send at a time.'),
  })
  .meta({ title: 'Destination: odbc' });

export type OdbcDestination = z.infer<typeof odbcDestination>;
