// Options of JSON. Aqueducts knows JSON lines only, and refuses options for writing (chapter 1.7 of its reference).
import { z } from '../zod.ts';
import { addition } from './addition.ts';
import { declaredColumns } from './column.schema.ts';
import { readCompression, writeCompressions, type WriteCompression } from './compression.schema.ts';

const tag = z.literal('json').describe('JSON objects: one a line, or in one list.');

export const jsonRead = z
  .object({
    type: tag,
    options: z
      .object({
        schema: declaredColumns,
        layout: addition(
          z.enum(['auto', 'lines', 'array']).default('auto'),
          'Whether the file holds an object a line or one list of objects. `auto` looks at its first character.',
        ),
        compression: readCompression,
      })
      .prefault({})
      .describe('How the file is read.'),
  })
  .meta({ title: 'JSON (read)' });

const compression = addition(
  writeCompressions.optional(),
  '`gzip` compresses the file. `auto` goes by the name: `.gz` is gzip.',
);

/**
 * Aqueducts refuses even empty options, so that what is serialized has none: a compression then stands beside the type,
 * which Aqueducts ignores and this reads as well.
 */
export const jsonWrite = z
  .codec(
    z.object({
      type: tag,
      options: z.object({ compression }).optional().describe('How the file is written: an object a line.'),
      compression: addition(writeCompressions.optional(), 'The same as in `options`.'),
    }),
    z.object({ type: z.literal('json'), options: z.object({ compression: z.custom<WriteCompression>() }) }),
    {
      decode: ({ type, options, compression }) => ({
        type,
        options: { compression: options?.compression ?? compression ?? 'auto' },
      }),
      encode: ({ type, options }) => ({
        type,
        ...(options.compression === 'auto' ? {} : { compression: options.compression }),
      }),
    },
  )
  .meta({ title: 'JSON (write)' });

export type JsonReadOptions = z.infer<typeof jsonRead>['options'];
export type JsonWriteOptions = z.infer<typeof jsonWrite>['options'];
