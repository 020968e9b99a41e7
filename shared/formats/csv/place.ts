// Where in the files of a CSV source a value stands that does not fit: looked for only once a run has failed by it.
import { longestText, type Misfit } from '../../sql/misfit.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { readRows } from '../../values/read.ts';
import { contentOf, engineCompression } from '../content.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import type { FormatContext } from '../format.ts';
import { columnMap, readerCall } from '../view.ts';
import type { NamedFile } from './columns.ts';
import { engineDialect } from './dialect.ts';
import { lineOfRecord } from './lines.ts';

/** `Line 7 of a.csv`, or the file alone where it lacks the column; undefined where no such value is found. */
export async function placeOfMisfit(
  { column, text }: Misfit,
  opened: readonly NamedFile[],
  options: CsvReadOptions,
  context: FormatContext,
): Promise<string | undefined> {
  for (const { file, names } of opened) {
    const own = names.find((name) => name.toLowerCase() === column.toLowerCase());
    if (own === undefined) {
      if (text === undefined) return file.location;
      continue;
    }
    const item = quoteIdentifier(own);
    const call = readerCall('read_csv', file.engineName, {
      ...engineDialect(options),
      columns: columnMap(names.map((name) => ({ name, type: 'VARCHAR' }))),
      compression: engineCompression([file], options.compression, 'auto'),
      hive_partitioning: 'false',
    });
    const same = text === undefined ? `${item} IS NULL` : `left(${item}, ${longestText}) = ${quoteLiteral(text)}`;
    const query = `SELECT row FROM (SELECT row_number() OVER () AS row, ${item} FROM ${call}) WHERE ${same} ORDER BY row LIMIT 1`;
    const [found] = await readRows(context.platform.engine, query, { signal: context.work.signal });
    if (!found) continue;
    const record = Number(found[0]) + (options.has_header ? 1 : 0);
    const content = contentOf(file, options.compression, context.work.signal);
    return `Line ${await lineOfRecord(content, options, record, names.length)} of ${file.location}`;
  }
  return undefined;
}
