// Source `odbc`, as it stands in a document (chapter 1.4 of the Aqueducts reference).
import { z } from '../zod.ts';
import { filledText, relationName } from '../formats/text.schema.ts';
import { checks } from './checks.schema.ts';

export const connectionString = filledText.meta({
  description: 'Which database to connect to, and as whom.',
  examples: ['Driver={PostgreSQL Unicode};Server=localhost;UID=${user};PWD=${password};'],
});

export const odbcSource = z
  .object({
    type: z.literal('odbc').describe('The rows of a query that a database runs.'),
    name: relationName,
    load_query: filledText.describe('The query, in the SQL of that database.'),
    connection_string: connectionString,
    checks,
  })
  .meta({ title: 'Source: odbc' });

export type OdbcSource = z.infer<typeof odbcSource>;
