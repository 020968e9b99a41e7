// What is wrong with the files of a CSV source where DuckDB has failed on them and does not tell it, or not rightly: looked
// for only then.
import { failure, messageOf, SluiceError } from '../../errors.ts';
import type { OpenFile, Work } from '../../platform.ts';
import { contentOf } from '../content.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { explainFile } from '../explain.ts';
import { tooLong, withoutEnd } from './complaint.ts';
import { longRecord } from './lines.ts';

/**
 * The first line that is longer than the options allow, where `told`, what DuckDB says, may mean that: for some of them it
 * says that a quote is not closed, or that it cannot read the file. Where the engine has died, the first line that is not
 * UTF-8 text: v1.5.6 ends with an internal error when it is to tell of one in a column that stands behind the columns that
 * a query reads.
 */
export async function damageOf(
  files: readonly OpenFile[],
  options: CsvReadOptions,
  told: SluiceError,
  { signal }: Work,
): Promise<SluiceError | undefined> {
  const text = messageOf(told.issue.cause ?? told.message);
  const died = told.code === 'engine.died';
  if (!died && !/Maximum line size|unterminated quote|Parallel CSV Reader|CSV Parser state machine/.test(text)) {
    return undefined;
  }
  for (const file of files) {
    const content = contentOf(file, options.compression, signal);
    const found = died ? await badText(content, file) : await badRecord(content, options, file);
    if (found) return failure('file.corrupt', found.message, { hint: found.hint, ...(died ? {} : { cause: told }) });
  }
  return undefined;
}

/** What is to be thrown where a statement of ours has failed that only reads these files. */
export async function explainCsv(
  thrown: unknown,
  files: readonly OpenFile[],
  options: CsvReadOptions,
  work: Work,
): Promise<unknown> {
  const explained = explainFile(thrown, files);
  if (!(explained instanceof SluiceError) || explained.code !== 'file.corrupt') return explained;
  return (await damageOf(files, options, explained, work)) ?? explained;
}

async function badRecord(content: AsyncIterable<Uint8Array>, options: CsvReadOptions, { location }: OpenFile) {
  const found = await longRecord(content, options);
  if (!found) return undefined;
  const where = `Line ${found.line} of ${location}`;
  return found.open ? withoutEnd(where) : tooLong(where, options.max_line_size);
}

async function badText(content: AsyncIterable<Uint8Array>, { location }: OpenFile) {
  const line = await lineOfDamage(content);
  if (line === undefined) return undefined;
  return { message: `Line ${line} of ${location} is not UTF-8 text.`, hint: 'Save the file as UTF-8.' };
}

async function lineOfDamage(content: AsyncIterable<Uint8Array>): Promise<number | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for await (const bytes of content) {
    // Piece by piece between line ends, so that the line is known where decoding stops.
    for (let start = 0; start < bytes.length;) {
      const newline = bytes.indexOf(10, start);
      const end = newline < 0 ? bytes.length : newline + 1;
      try {
        decoder.decode(bytes.subarray(start, end), { stream: true });
      } catch {
        return line; // a TypeError, which says no more
      }
      if (newline >= 0) line++;
      start = end;
    }
  }
  return undefined;
}
