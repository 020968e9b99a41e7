// Source `in_memory`, as it stands in a document (chapter 1.4 of the Aqueducts reference).
import { z } from '../zod.ts';
import { relationName } from '../formats/text.schema.ts';
import { checks } from './checks.schema.ts';

export const inMemorySource = z
  .object({
    type: z.literal('in_memory').describe('A table of the workspace that an earlier run has kept.'),
    name: relationName,
    checks,
  })
  .meta({ title: 'Source: in_memory' });

export type InMemorySource = z.infer<typeof inMemorySource>;
