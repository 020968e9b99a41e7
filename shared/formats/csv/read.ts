// CSV is read by DuckDB on both platforms, which gets to guess nothing: it hands over texts, which our own casts take as
// they are or refuse (see exact-cast.ts). What is not declared is inferred here, once. Files are matched by the names in
// their headers.
import { cancelled, failure } from '../../errors.ts';
import type { Column, OpenFile, Work } from '../../platform.ts';
import { foldName } from '../../sql/names.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { contentOf, isGzip, verifyCompressed } from '../content.ts';
import type { CsvReadOptions } from '../csv.schema.ts';
import { exactSelect } from '../exact-cast.ts';
import { note, type FileInput, type FormatContext, type FormatReader, type OpenedRelation } from '../format.ts';
import { enginePartitions, partitionItems, withPartitions } from '../partitions.ts';
import { emptyRelation, wantedColumn, type WantedColumn } from '../view.ts';
import { alike, declaredIn, mostUnknown, namesOf, type NamedFile } from './columns.ts';
import { withoutEnd } from './complaint.ts';
import { damageOf } from './damage.ts';
import { textsOf } from './dialect.ts';
import { HeaderNotices } from './header-notices.ts';
import { inferColumns, openRecord, smallBuffer } from './infer.ts';
import { lineOfOpenQuote } from './lines.ts';
import { placeOfMisfit } from './place.ts';

/** Bytes of a file whose quotes are looked at where there are many files; of larger ones one call reads few. */
const mostLookedAt = 1024 * 1024;

export const readCsv: FormatReader<CsvReadOptions> = async (input, options, context) => {
  const declared = options.schema.map(wantedColumn);
  const opened = await openNamed(input, options, declared, context);
  if (opened.length === 0) return emptyCsv(input, declared, context);
  const columns = declared.length > 0 ? declared : await inferColumns(input.name, opened, options, context);
  tellLacking(input.name, opened, columns, context);
  return relationOf(input, opened, columns, options);
};

/** The files that have any content, with the names of their columns. */
async function openNamed(
  { name, files }: FileInput,
  options: CsvReadOptions,
  declared: readonly WantedColumn[],
  context: FormatContext,
): Promise<NamedFile[]> {
  const opened: NamedFile[] = [];
  const notices = new HeaderNotices();
  for (const file of files) {
    if (context.work.signal?.aborted) throw cancelled();
    const record = await openRecord(file, options);
    if (!record) continue;
    const hasRows = record.more || !options.has_header;
    const names =
      declared.length > 0
        ? declaredIn(file, record, declared, options.has_header, notices)
        : namesOf(file, record, options.has_header, notices);
    const { newline } = record;
    const closed = files.length > mostUnknown && (options.quote === '' || file.size <= mostLookedAt);
    if (closed) await requireClosed(file, options, context.work);
    opened.push({ file, names, newline, hasRows, compressed: isGzip(file, options.compression), closed });
  }
  notices.tell(name, context);
  return opened;
}

/** Fails with file.corrupt where a quote is open at the end of the file. */
async function requireClosed(file: OpenFile, options: CsvReadOptions, { signal }: Work): Promise<void> {
  const line = await lineOfOpenQuote(() => contentOf(file, options.compression, signal), options);
  if (line === undefined) return;
  const { message, hint } = withoutEnd(`Line ${line} of ${file.location}`);
  throw failure('file.corrupt', message, { hint });
}

/** Tells which files have not all columns; their rows have NULL there. */
function tellLacking(
  relation: string,
  opened: readonly NamedFile[],
  columns: readonly WantedColumn[],
  { notify }: FormatContext,
): void {
  for (const { name } of columns) {
    const lacking = opened.filter(({ names }) => !has(names, name)).map(({ file }) => file.location);
    if (lacking.length === 0) continue;
    const [first = '', ...others] = lacking;
    const who = others.length === 0 ? `${first} has` : `${first} and ${others.length} more files of ${relation} have`;
    notify(note('file.lacks_column', 'warning', `${who} no column ${name}: NULL is read there.`));
  }
}

function has(names: readonly string[], name: string): boolean {
  return names.some((each) => foldName(each) === foldName(name));
}

function relationOf(
  input: FileInput,
  opened: readonly NamedFile[],
  columns: readonly WantedColumn[],
  options: CsvReadOptions,
): OpenedRelation {
  const files = opened.map(({ file }) => file);
  return {
    columns: withPartitions(plain(columns), input),
    relate: async (relation, context) => {
      await verifyCompressed(files, options.compression, context);
      const selects = alike(opened).map((group) => {
        const [{ names } = { names: [] }] = group;
        const items = columns.map((column) => {
          const own = names.find((name) => foldName(name) === foldName(column.name));
          if (own === undefined) return { ...column, ...absent };
          // A value in quotes is a text, if that of what elsewhere is written for NULL.
          const nullText = column.type === 'VARCHAR' ? undefined : options.null_value;
          return { ...column, from: 'VARCHAR', item: quoteIdentifier(own), nullText };
        });
        const texts = textsOf(group, options, {
          ...enginePartitions(input),
          // What comes over the network comes in pieces, between which a cancel is heard.
          ...(group.some(({ file }) => file.remote) ? { buffer_size: smallBuffer(options) } : {}),
        });
        return exactSelect(relation, items, texts, partitionItems(input));
      });
      const statement = `CREATE VIEW ${quoteIdentifier(relation)} AS ${selects.join(' UNION ALL ')}`;
      await context.platform.engine.execute(statement, { signal: context.work.signal });
      return {};
    },
    placeOf: (misfit, context) => placeOfMisfit(misfit, opened, options, context),
    damageOf: (told, { work }) => damageOf(files, options, told, work),
  };
}

const absent = { from: '"NULL"', item: 'NULL' };

/** The columns as they are told. */
function plain(columns: readonly WantedColumn[]): Column[] {
  return columns.map(({ name, type }) => ({ name, type }));
}

function emptyCsv(input: FileInput, columns: readonly WantedColumn[], context: FormatContext): OpenedRelation {
  if (columns.length > 0) return emptyRelation(withPartitions(plain(columns), input));
  const [file] = input.files;
  const what = input.files.length > 1 ? `The files of ${input.name} are` : `${file?.location ?? input.name} is`;
  const message = `${what} empty; ${input.name} has one column, column_1, and no rows.`;
  context.notify(note('file.no_columns', 'warning', message, 'Give the columns with `schema`.'));
  return emptyRelation(withPartitions([{ name: 'column_1', type: 'VARCHAR' }], input));
}
