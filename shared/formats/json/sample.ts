// What the first records of JSON files hold, by the same code on both platforms.
import type { Column } from '../../platform.ts';
import { contentOf } from '../content.ts';
import { note, type FileInput, type FormatContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { columnsOf, widenFields, type KeptAsText, type Shape } from './infer.ts';
import { recordOf } from './record.ts';
import { textsOf } from './texts.ts';

/** Records that inference looks at, over all files. */
export const sampleRecords = 20_480;

export interface Sampled {
  /** By key, in the order in which the keys were first seen. */
  readonly fields: ReadonlyMap<string, Shape>;
  /** Whether these were all records. */
  readonly whole: boolean;
  /** The file or the files, for messages. */
  readonly subject: string;
}

/** Looks at no more than `most` records. Fails with file.corrupt where one among them is damaged. */
export async function sampleFields(
  { name, files }: FileInput,
  { layout, compression }: JsonReadOptions,
  { work }: FormatContext,
  most = sampleRecords,
): Promise<Sampled> {
  const fields = new Map<string, Shape>();
  const subject = files.length === 1 && files[0] ? files[0].location : `the files of ${name}`;
  let seen = 0;
  for (const file of files) {
    for await (const texts of textsOf(contentOf(file, compression, work.signal), file.location, layout)) {
      for (const text of texts) {
        if (seen === most) return { fields, whole: false, subject };
        const record = recordOf(text, file.location);
        if (record) widenFields(fields, record);
        seen++;
      }
    }
  }
  return { fields, whole: true, subject };
}

/** The columns that the sample shows; what was decided for the user is told. */
export function inferredColumns({ fields, whole, subject }: Sampled, { notify }: FormatContext): readonly Column[] {
  if (!whole) {
    const message = `The columns of ${subject} were inferred from the first ${sampleRecords} records; a later value that does not fit, or another key, ends the run.`;
    notify(note('format.sampled', 'info', message, 'Declare the columns with `schema`.'));
  }
  return columnsOf(fields, subject, ({ path, reason }: KeptAsText) => {
    const message = `Key ${path} of ${subject} is read as text: it has ${reason}.`;
    notify(note('type.kept_as_text', 'info', message, 'Declare the columns with `schema`, or cast it.'));
  });
}
