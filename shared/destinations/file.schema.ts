// Destination `file`, as it stands in a document (chapter 1.7 of the Aqueducts reference).
import { z } from '../zod.ts';
import { adviseCsvWrite, csvWrite } from '../formats/csv.schema.ts';
import { jsonWrite } from '../formats/json.schema.ts';
import { parquetWrite } from '../formats/parquet.schema.ts';
import { adviseStorageConfig, filledText, storageConfig, type Advice } from '../formats/text.schema.ts';

export const fileDestination = z.object({
  type: z.literal('file'),
  name: filledText,
  /** Kept as it was typed. */
  location: filledText,
  format: z.discriminatedUnion('type', [csvWrite, jsonWrite, parquetWrite]),
  single_file: z.boolean().default(true),
  partition_columns: z
    .array(z.string())
    .refine((columns) => columns.length === 0, {
      error: 'cannot be used yet: a destination is written as one file',
      params: { code: 'document.unsupported', hint: 'Remove the columns, or give an empty list.' },
    })
    .default([]),
  storage_config: storageConfig,
});

export type FileDestination = z.infer<typeof fileDestination>;

export function adviseFileDestination({ storage_config, single_file, format }: FileDestination): Advice[] {
  const inOptions = format.type === 'csv' ? adviseCsvWrite(format.options) : [];
  return [
    ...adviseStorageConfig(storage_config),
    ...(single_file ? [] : [{ path: ['single_file'], message: '`single_file` has no effect: one file is written.' }]),
    ...inOptions.map((advice) => ({ ...advice, path: ['format', 'options', ...advice.path] })),
  ];
}
