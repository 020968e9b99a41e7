// Destination `file`, as it stands in a document (chapter 1.7 of the Aqueducts reference).
import { z } from '../zod.ts';
import { addition } from '../formats/addition.ts';
import { csvWrite } from '../formats/csv.schema.ts';
import { jsonWrite } from '../formats/json.schema.ts';
import { adviseParquetWrite, parquetWrite } from '../formats/parquet.schema.ts';
import {
  adviseStorageConfig,
  filledText,
  location,
  storageConfig,
  under,
  type Advice,
} from '../formats/text.schema.ts';

/** The columns that a destination is parted by. */
export const partitionNames = z
  .array(filledText)
  .default([])
  .describe('The columns that become folders like `year=2024`, outermost first.');

export const fileDestination = z
  .object({
    type: z.literal('file').describe('A file, or a folder of files.'),
    name: filledText.describe('What messages call it.'),
    location,
    format: z.discriminatedUnion('type', [csvWrite, jsonWrite, parquetWrite]).describe('What kind of file to write.'),
    single_file: z
      .boolean()
      .default(true)
      .describe('Whether to write one file. Else, or with `partition_columns`, a folder is written.'),
    partition_columns: partitionNames,
    storage_config: storageConfig,
    mode: addition(
      z.enum(['refuse', 'replace']).default('refuse'),
      'What to do with a folder that has files already. A single file is always replaced.',
    ),
  })
  .meta({ title: 'Destination: file' });

export type FileDestination = z.infer<typeof fileDestination>;

export function adviseFileDestination({ storage_config, format }: FileDestination): Advice[] {
  const inOptions = format.type === 'parquet' ? adviseParquetWrite(format.options) : [];
  return [...adviseStorageConfig(storage_config), ...under(['format', 'options'], inOptions)];
}
