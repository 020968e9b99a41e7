// Compression of text files: of CSV and JSON as a whole. Parquet compresses by itself.
import { z } from '../zod.ts';
import { addition } from './addition.ts';

export const readCompression = addition(
  z.enum(['auto', 'none', 'gzip']).default('auto'),
  'Whether the file is compressed. `auto` goes by the name: `.gz` is gzip.',
);

export const writeCompressions = z.enum(['auto', 'none', 'gzip']);

export type ReadCompression = z.infer<typeof readCompression>;
export type WriteCompression = z.infer<typeof writeCompressions>;

/** The compression of a file that is written under this name: one that is read by it is compressed the same way. */
export function compressionFor(compression: WriteCompression, location: string): 'none' | 'gzip' {
  if (compression !== 'auto') return compression;
  return /\.gz$/i.test(location) ? 'gzip' : 'none';
}
