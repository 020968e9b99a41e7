// The columns of JSON files, from their first records and by the same code on both platforms.
import type { Column } from '../../platform.ts';
import { contentOf } from '../content.ts';
import { note, type FileInput, type FormatContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { columnsOf, widenFields, type Shape } from './infer.ts';
import { recordOf } from './record.ts';
import { textsOf } from './texts.ts';

/** Records that inference looks at, over all files. */
const sampleRecords = 20_480;

export interface Sampled {
  readonly columns: readonly Column[];
  /** Whether these were all records. */
  readonly whole: boolean;
}

/** Fails with file.corrupt where a record among them is damaged. */
export async function sampleColumns(
  { name, files }: FileInput,
  { layout, compression }: JsonReadOptions,
  { work, notify }: FormatContext,
): Promise<Sampled> {
  const fields = new Map<string, Shape>();
  const subject = files.length === 1 && files[0] ? files[0].location : `the files of ${name}`;
  let seen = 0;
  for (const file of files) {
    for await (const texts of textsOf(contentOf(file, compression, work.signal), file.location, layout)) {
      for (const text of texts) {
        if (seen === sampleRecords) {
          const message = `The columns of ${subject} were inferred from the first ${sampleRecords} records; keys that appear only later are left out.`;
          notify(note('format.sampled', 'info', message, 'Declare the columns with `schema`.'));
          return { columns: columnsOf(fields, subject), whole: false };
        }
        widenFields(fields, recordOf(text, file.location) ?? {});
        seen++;
      }
    }
  }
  return { columns: columnsOf(fields, subject), whole: true };
}
