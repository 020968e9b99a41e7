// Source `delta`, as it stands in a document (chapter 1.4 of the Aqueducts reference).
import { z } from '../zod.ts';
import { location, relationName, storageConfig, wholeNumber, type Advice } from '../formats/text.schema.ts';
import { checks } from './checks.schema.ts';

/** RFC 3339: the offset is not optional. */
const instant = z
  .string()
  .refine(isInstant, 'must be a date and time with an offset, as in `2024-01-31T12:00:00Z`')
  .meta({ examples: ['2024-01-31T12:00:00Z'] });

export const deltaSource = z
  .object({
    type: z.literal('delta').describe('A Delta Lake table.'),
    name: relationName,
    location,
    storage_config: storageConfig,
    version: wholeNumber.nullable().default(null).describe('Which version to read. Without one it is the latest.'),
    timestamp: instant
      .nullable()
      .default(null)
      .describe('Reads the last version of that time or before. A `version` wins over it.'),
    checks,
  })
  .meta({ title: 'Source: delta' });

export type DeltaSource = z.infer<typeof deltaSource>;

function isInstant(text: string): boolean {
  const shape = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
  return shape.test(text) && !Number.isNaN(Date.parse(text.replace(' ', 'T').toUpperCase()));
}

export function adviseDeltaSource({ version, timestamp }: DeltaSource): Advice[] {
  if (version === null || timestamp === null) return [];
  return [{ path: ['timestamp'], message: '`timestamp` has no effect: `version` is given and wins.' }];
}
