// Destination `delta`, as it stands in a document (chapter 1.7 of the Aqueducts reference).
import { z } from '../zod.ts';
import { declaredColumns } from '../formats/column.schema.ts';
import { filledText, location, storageConfig } from '../formats/text.schema.ts';
import { partitionNames } from './file.schema.ts';

const append = z
  .object({ operation: z.literal('append').describe('Adds the rows to the table.') })
  .meta({ title: 'Write mode: append' });

const upsert = z
  .object({
    operation: z.literal('upsert').describe('Updates the rows whose keys are in the table and adds the others.'),
    params: z.array(filledText).min(1, 'must name at least one column').describe('The key columns.'),
  })
  .meta({ title: 'Write mode: upsert' });

const condition = z
  .object({
    column: filledText.describe('A column.'),
    value: z.string().describe('The value that it has, as text.'),
  })
  .meta({ title: 'Replaced rows' });

const replace = z
  .object({
    operation: z.literal('replace').describe('Removes the rows that meet all conditions, then adds the new ones.'),
    params: z.array(condition).describe('The conditions. With none the whole table is replaced.'),
  })
  .meta({ title: 'Write mode: replace' });

export const deltaDestination = z
  .object({
    type: z.literal('delta').describe('A Delta Lake table.'),
    name: filledText.describe('What messages call it.'),
    location,
    write_mode: z
      .discriminatedUnion('operation', [append, upsert, replace])
      .describe('How the rows get into the table.'),
    storage_config: storageConfig,
    partition_columns: partitionNames,
    table_properties: z
      .record(z.string(), z.string().nullable())
      .default({})
      .describe('Properties of a table that is made anew.'),
    metadata: z.record(z.string(), z.string()).default({}).describe('Notes that go into the commit.'),
    schema: declaredColumns.describe('The columns of the table; the rows are cast to them.'),
  })
  .meta({ title: 'Destination: delta' });

export type DeltaDestination = z.infer<typeof deltaDestination>;
