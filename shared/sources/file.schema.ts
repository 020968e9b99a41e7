// Source `file`, as it stands in a document (chapters 1.4 and 1.5 of the Aqueducts reference).
import { z } from '../zod.ts';
import { csvRead } from '../formats/csv.schema.ts';
import { jsonRead } from '../formats/json.schema.ts';
import { parquetRead } from '../formats/parquet.schema.ts';
import { adviseStorageConfig, filledText, storageConfig, type Advice } from '../formats/text.schema.ts';

export const fileSource = z.object({
  type: z.literal('file'),
  name: filledText,
  format: z.discriminatedUnion('type', [csvRead, jsonRead, parquetRead]),
  /** Kept as it was typed. */
  location: filledText,
  storage_config: storageConfig,
});

export type FileSource = z.infer<typeof fileSource>;

export function adviseFileSource(source: FileSource): Advice[] {
  return adviseStorageConfig(source.storage_config);
}
