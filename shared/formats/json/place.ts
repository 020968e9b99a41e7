// Where a value stands that does not fit its column: the line of the first record that has it.
import { longestText, type Misfit } from '../../sql/misfit.ts';
import { contentOf } from '../content.ts';
import type { FileInput, FormatContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import type { JsonColumns } from './native.ts';
import { recordOf } from './record.ts';
import { textsOf } from './texts.ts';
import { compactText } from './value.ts';

/** Such as `Line 2 of a.json`; undefined where no record has the value, which may stand in a list or an object. */
export async function placeOfMisfit(
  { column, text }: Misfit,
  { files }: FileInput,
  { layout, compression }: JsonReadOptions,
  { wanted, stored }: JsonColumns,
  { work }: FormatContext,
): Promise<string | undefined> {
  const key = stored[wanted.findIndex(({ name }) => name === column)]?.name ?? column;
  for (const file of files) {
    for await (const texts of textsOf(contentOf(file, compression, work.signal), file.location, layout)) {
      for (const each of texts) {
        const value = recordOf(each, file.location)?.get(key) ?? null;
        const own = value === null ? undefined : typeof value === 'string' ? value : compactText(value);
        if (own?.slice(0, longestText) === text) return `Line ${each.line} of ${file.location}`;
      }
    }
  }
  return undefined;
}
