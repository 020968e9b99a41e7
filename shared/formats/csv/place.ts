// Where in the files of a CSV source something stands that a run has failed by: looked for only then.
import { foldName } from '../../sql/names.ts';
import { longestText, type Misfit } from '../../sql/misfit.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { parseType } from '../../sql/types.ts';
import { readRows } from '../../values/read.ts';
import { contentOf } from '../content.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { exactCast, isMissing } from '../exact-cast.ts';
import type { FormatContext } from '../format.ts';
import type { NamedFile } from './columns.ts';
import { textsOf } from './dialect.ts';
import { lineOfRecord } from './lines.ts';

/** `Line 7 of a.csv`, or the file alone where it lacks the column; undefined where no such value is found. */
export async function placeOfMisfit(
  misfit: Misfit,
  opened: readonly NamedFile[],
  options: CsvReadOptions,
  context: FormatContext,
): Promise<string | undefined> {
  const { column, text } = misfit;
  for (const each of opened) {
    const { file, names } = each;
    const own = names.find((name) => foldName(name) === foldName(column));
    if (own === undefined) {
      if (text === undefined) return file.location;
      continue;
    }
    const item = quoteIdentifier(own);
    const numbered = `(SELECT row_number() OVER () AS row, ${item} FROM ${textsOf([each], options)})`;
    let row: unknown;
    for (const condition of conditionsOf(misfit, item, options.null_value)) {
      const query = `SELECT row FROM ${numbered} WHERE ${condition} ORDER BY row LIMIT 1`;
      [row] = (await readRows(context.platform.engine, query, { signal: context.work.signal }))[0] ?? [];
      if (row !== undefined) break;
    }
    if (row === undefined) continue;
    const record = Number(row) + (options.has_header ? 1 : 0);
    const content = contentOf(file, options.compression, context.work.signal);
    return `Line ${await lineOfRecord(content, options, record, names.length)} of ${file.location}`;
  }
  return undefined;
}

/** What holds for the value: it is the text, or, where that is a part of a list or a struct, it has it and fails. */
function conditionsOf({ text, ...subject }: Misfit, item: string, nullText: string): string[] {
  if (text === undefined) return [isMissing(item, subject.type === 'VARCHAR' ? undefined : nullText)];
  const literal = quoteLiteral(text);
  const shown = `system.main.replace(${item}, chr(0), '\\0')`; // as DuckDB writes it in what it says
  const exact = `left(${shown}, ${longestText}) = ${literal}`;
  if (subject.type.includes('<')) return [exact]; // a declared type with a limit, of which the whole value is told
  const result = exactCast(item, { kind: 'scalar', name: 'VARCHAR' }, parseType(subject.type), subject);
  return [
    exact,
    `system.main.contains(${shown}, ${literal}) AND TRY(CASE WHEN ${result} IS NULL THEN 0 ELSE 1 END) IS NULL`,
  ];
}
