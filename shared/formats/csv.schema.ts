// Options of CSV.
import { z } from '../zod.ts';
import { declaredColumns } from './column.schema.ts';
import { delimiter, type Advice } from './text.schema.ts';

export const csvRead = z.object({
  type: z.literal('csv'),
  options: z
    .object({
      /** Whether the first line names the columns; else they are `column_1`, `column_2`, … */
      has_header: z.boolean().default(true),
      delimiter,
      schema: declaredColumns,
    })
    .prefault({}),
});

export const csvWrite = z.object({
  type: z.literal('csv'),
  options: z
    .object({
      has_header: z.boolean().default(true),
      delimiter,
      /** Read for compatibility; the file is never compressed. */
      compression: z.string().nullable().default(null),
    })
    .prefault({}),
});

export type CsvReadOptions = z.infer<typeof csvRead>['options'];
export type CsvWriteOptions = z.infer<typeof csvWrite>['options'];

export function adviseCsvWrite({ compression }: CsvWriteOptions): Advice[] {
  if (compression === null || compression.toLowerCase() === 'uncompressed') return [];
  return [{ path: ['compression'], message: '`compression` has no effect: CSV is written as plain text.' }];
}
