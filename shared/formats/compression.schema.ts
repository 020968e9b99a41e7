// Compression of text files: of CSV and JSON as a whole. Parquet compresses by itself.
import { z } from '../zod.ts';
import { addition } from './addition.ts';

export const readCompression = addition(
  z.enum(['auto', 'none', 'gzip']).default('auto'),
  'Whether the file is compressed. `auto` goes by the name: `.gz` is gzip.',
);

export const writeCompressions = z.enum(['none', 'gzip']);

export type ReadCompression = z.infer<typeof readCompression>;
export type WriteCompression = z.infer<typeof writeCompressions>;
