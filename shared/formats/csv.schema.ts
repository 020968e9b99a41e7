// Options of CSV (chapters 1.5 and 1.7 of the Aqueducts reference). Aqueducts has `compression` for writing and never
// applies it.
import { z } from '../zod.ts';
import { addition } from './addition.ts';
import { declaredColumns } from './column.schema.ts';
import { readCompression, writeCompressions } from './compression.schema.ts';
import { delimiter } from './text.schema.ts';

const tag = z.literal('csv').describe('A line a row, its values between delimiters.');
const mark = z.string().regex(/^[^\r\n\0]?$/su, 'must be one character, or nothing');

export const csvRead = z
  .object({
    type: tag,
    options: z
      .object({
        has_header: z
          .boolean()
          .default(true)
          .describe('Whether the first line names the columns. Else they are `column_1`, `column_2`, …'),
        delimiter,
        schema: declaredColumns,
        quote: addition(mark.default('"'), 'What values with delimiters or line breaks stand in; empty for nothing.'),
        escape: addition(mark.optional(), 'What stands before a quote inside of quotes. Without it, the quote itself.'),
        null_value: addition(z.string().default(''), 'What a missing value is written as; in quotes it is that text.'),
        max_line_size: addition(
          z
            .int()
            .min(1)
            .max(256 * 1024 * 1024)
            .default(2 * 1024 * 1024),
          'Bytes that a line may have. More takes more memory.',
        ),
        compression: readCompression,
      })
      .superRefine(({ delimiter, quote, escape, null_value }, context) => {
        const conflict = (path: string, message: string): void =>
          context.addIssue({ code: 'custom', path: [path], message });
        if (quote === delimiter) conflict('quote', 'must not be the delimiter');
        if (escape !== undefined && escape !== '' && escape === delimiter)
          conflict('escape', 'must not be the delimiter');
        for (const [name, mark] of Object.entries({ quote, escape }))
          if (mark !== undefined && mark > '\x7f') conflict(name, 'must be an ASCII character, or nothing');
        if (null_value.includes('\0')) conflict('null_value', 'must not contain a NUL character');
        if (null_value.includes(delimiter)) conflict('null_value', 'must not contain the delimiter');
        if (quote !== '' && null_value.includes(quote)) conflict('null_value', 'must not contain the quote');
      })
      .prefault({})
      .describe('How the file is read.'),
  })
  .meta({ title: 'CSV (read)' });

/** `null` is Aqueducts' word for nothing said. */
const compression = z
  .codec(writeCompressions.nullable().default(null), writeCompressions, {
    decode: (given) => given ?? 'auto',
    encode: (value) => (value === 'auto' ? null : value),
  })
  .describe('`gzip` compresses the file. `auto` goes by the name: `.gz` is gzip.');

export const csvWrite = z
  .object({
    type: tag,
    options: z
      .object({
        has_header: z.boolean().default(true).describe('Whether the first line names the columns.'),
        delimiter,
        compression,
      })
      .superRefine(({ delimiter }, context) => {
        if (delimiter <= '\x7f') return;
        const message = 'must be an ASCII character in a file that is written';
        context.addIssue({
          code: 'custom',
          path: ['delimiter'],
          message,
          params: { code: 'document.unsupported', hint: 'Use `,`, `;`, `|` or a tab.' },
        });
      })
      .prefault({})
      .describe('How the file is written.'),
  })
  .meta({ title: 'CSV (write)' });

export type CsvReadOptions = z.infer<typeof csvRead>['options'];
export type CsvWriteOptions = z.infer<typeof csvWrite>['options'];
