// Destination `in_memory`, as it stands in a document (chapter 1.7 of the Aqueducts reference).
import { z } from '../zod.ts';
import { relationName } from '../formats/text.schema.ts';

export const inMemoryDestination = z
  .object({
    type: z.literal('in_memory').describe('A table that the workspace keeps, for a later run to read.'),
    name: relationName,
  })
  .meta({ title: 'Destination: in_memory' });

export type InMemoryDestination = z.infer<typeof inMemoryDestination>;
