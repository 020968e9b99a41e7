// Where in the files of a CSV source something stands that a run has failed by: looked for only then.
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
  for (const each of opened) {
    const { file, names } = each;
    const own = names.find((name) => foldName(name) === foldName(column));
    if (own === undefined) {
      if (text === undefined) return file.location;
      continue;
    }
    const item = quoteIdentifier(own);
    const same = text === undefined ? `${item} IS NULL` : `left(${item}, ${longestText}) = ${quoteLiteral(text)}`;
    const query = `SELECT row FROM (SELECT row_number() OVER () AS row, ${item} FROM ${textsOf([each], options)}) WHERE ${same} ORDER BY row LIMIT 1`;
    const [found] = await readRows(context.platform.engine, query, { signal: context.work.signal });
    if (!found) continue;
    const record = Number(found[0]) + (options.has_header ? 1 : 0);
    const content = contentOf(file, options.compression, context.work.signal);
    return `Line ${await lineOfRecord(content, options, record, names.length)} of ${file.location}`;
  }
  return undefined;
}
