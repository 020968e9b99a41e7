// Where in the files of a CSV source something stands that a run has failed by: looked for only then.
import { failure, type SluiceError } from '../../errors.ts';
import { foldName } from '../../sql/names.ts';
import { longestText, type Misfit } from '../../sql/misfit.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { readRows } from '../../values/read.ts';
import { contentOf } from '../content.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import type { FormatContext } from '../format.ts';
import type { NamedFile } from './columns.ts';
import { textsOf } from './dialect.ts';
import { lineOfRecord } from './lines.ts';

/** `Line 7 of a.csv`, or the file alone where it lacks the column; undefined where no such value is found. */
export async function placeOfMisfit(
  { column, text }: Misfit,
  opened: readonly NamedFile[],
  options: CsvReadOptions,
  context: FormatContext,
): Promise<string | undefined> {
  for (const { file, names } of opened) {
    const own = names.find((name) => foldName(name) === foldName(column));
    if (own === undefined) {
      if (text === undefined) return file.location;
      continue;
    }
    const item = quoteIdentifier(own);
    const same = text === undefined ? `${item} IS NULL` : `left(${item}, ${longestText}) = ${quoteLiteral(text)}`;
    const query = `SELECT row FROM (SELECT row_number() OVER () AS row, ${item} FROM ${textsOf([file], names, options)}) WHERE ${same} ORDER BY row LIMIT 1`;
    const [found] = await readRows(context.platform.engine, query, { signal: context.work.signal });
    if (!found) continue;
    const record = Number(found[0]) + (options.has_header ? 1 : 0);
    const content = contentOf(file, options.compression, context.work.signal);
    return `Line ${await lineOfRecord(content, options, record, names.length)} of ${file.location}`;
  }
  return undefined;
}

/**
 * The first line that is not UTF-8 text. DuckDB checks every value that it reads, but v1.5.6 ends with an internal error
 * when it is to tell of one in a column that stands behind the columns that a query reads.
 */
export async function damageOf(
  opened: readonly NamedFile[],
  { compression }: CsvReadOptions,
  { work }: FormatContext,
): Promise<SluiceError | undefined> {
  for (const { file } of opened) {
    const line = await lineOfDamage(contentOf(file, compression, work.signal));
    if (line === undefined) continue;
    return failure('file.corrupt', `Line ${line} of ${file.location} is not UTF-8 text.`, {
      hint: 'Save the file as UTF-8.',
    });
  }
  return undefined;
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
