// Source `file`, as it stands in a document (chapters 1.4 and 1.5 of the Aqueducts reference).
import { z } from '../zod.ts';
import { csvRead } from '../formats/csv.schema.ts';
import { jsonRead } from '../formats/json.schema.ts';
import { parquetRead } from '../formats/parquet.schema.ts';
import { adviseStorageConfig, location, relationName, storageConfig, type Advice } from '../formats/text.schema.ts';
import { checks } from './checks.schema.ts';

export const readFormat = z.discriminatedUnion('type', [csvRead, jsonRead, parquetRead]);

export const fileSource = z
  .object({
    type: z.literal('file').describe('A file, or all files that match a pattern such as `data/*.csv`.'),
    name: relationName,
    format: readFormat.describe('What kind of file it is.'),
    location,
    storage_config: storageConfig,
    checks,
  })
  .meta({ title: 'Source: file' });

export type FileSource = z.infer<typeof fileSource>;

export function adviseFileSource(source: { readonly storage_config: FileSource['storage_config'] }): Advice[] {
  return adviseStorageConfig(source.storage_config);
}
