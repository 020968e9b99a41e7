// Source `directory`, as it stands in a document (chapter 1.4 of the Aqueducts reference).
import { z } from '../zod.ts';
import { dataType } from '../formats/column.schema.ts';
import { filledText, location, relationName, storageConfig } from '../formats/text.schema.ts';
import { checks } from './checks.schema.ts';
import { readFormat } from './file.schema.ts';

/** `[name, type]`. The other spelling, a map of `name` and `data_type`, is read as this one (pipeline/compat). */
const partitionColumn = z.tuple([filledText, dataType], {
  error: 'must be a name and a type, as in `[year, int32]`',
});

export const directorySource = z
  .object({
    type: z.literal('directory').describe('All files of a folder and its subfolders.'),
    name: relationName,
    format: readFormat.describe('What kind of files they are.'),
    location,
    partition_columns: z
      .array(partitionColumn)
      .default([])
      .describe('The columns that folders like `year=2024` stand for, in the order of the folders: name and type.'),
    storage_config: storageConfig,
    checks,
  })
  .meta({ title: 'Source: directory' });

export type DirectorySource = z.infer<typeof directorySource>;
