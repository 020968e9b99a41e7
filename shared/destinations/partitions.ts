// A folder parted by the values of columns: `year=2024/data_0.parquet`. The values are looked at first: too many, or one
// that no folder can stand for, is told before anything is written. DuckDB writes the folder in one go where it can make
// folders and knows the format; elsewhere it is written value by value.
import { failure } from '../errors.ts';
import type { FormatContext, WriteContext } from '../formats/format.ts';
import { tooMany } from '../locations/folder.ts';
import { noValue, partitionFolder } from '../locations/partitions.ts';
import type { Column, NewFile, NewFolder } from '../platform.ts';
import { foldName } from '../sql/names.ts';
import { quoteIdentifier, textExpression } from '../sql/quote.ts';
import { readRows } from '../values/read.ts';
import type { DestinationContext, Written } from './destination.ts';
import type { FileDestination } from './file.schema.ts';
import { endingOf, writeFormat } from './write-format.ts';

/** Partitions that a folder may have. */
const mostPartitions = 10_000;

/** Bytes of a name; what partitions are called is ASCII. */
const longestName = 255;

/** `query` is read several times: it must be over a table. */
export async function writePartitions(
  query: string,
  destination: FileDestination,
  folder: NewFolder,
  context: DestinationContext,
): Promise<Written> {
  const { partition_columns: partitionBy, format } = destination;
  const { partitions, rows } = await context.writing(async () => {
    const columns = await columnsOf(query, destination, context);
    const partitions = await valuesOf(query, columns, destination, context);
    requireNames(columns, partitions, destination);
    const parts = { query, columns, partitions };
    const rows =
      format.type !== 'json' && folder.engineName
        ? await writeFormat(query, format, engineFolder(await folder.engineName()), { ...context, partitionBy })
        : await writeOneByOne(parts, destination, folder, context);
    return { partitions, rows };
  });
  return { rows, ...(await folder.commit(partitions.length)) };
}

/** The folder as what DuckDB writes to. */
function engineFolder(name: string): NewFile {
  const refuse = (): never => {
    throw failure('internal', 'Only DuckDB writes into this folder.');
  };
  return { engineName: () => Promise.resolve(name), write: refuse, commit: refuse, abort: () => Promise.resolve() };
}

interface Parts {
  readonly query: string;
  /** The partition columns. */
  readonly columns: readonly Column[];
  /** Their values, as texts. */
  readonly partitions: readonly (readonly (string | null)[])[];
}

async function writeOneByOne(
  { query, columns, partitions }: Parts,
  { format }: FileDestination,
  folder: NewFolder,
  context: FormatContext,
): Promise<number> {
  const { work } = context;
  const once = tellOnce(context);
  const others = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  let rows = 0;
  for (const [index, values] of partitions.entries()) {
    const path = foldersOf(columns, values).join('/');
    const conditions = columns.map((column, position) => isValue(column, values[position] ?? null));
    const part = `SELECT * EXCLUDE (${others}) FROM (\n${query}\n) WHERE ${conditions.join(' AND ')}`;
    const file = await folder.create(`${path}/data_0.${endingOf(format)}`);
    try {
      rows += await writeFormat(part, format, file, { ...once, work: { signal: work.signal } });
      await file.commit();
    } finally {
      await file.abort();
    }
    work.onProgress?.((index + 1) / partitions.length);
  }
  return rows;
}

async function columnsOf(
  query: string,
  { partition_columns }: FileDestination,
  { platform: { engine }, work }: FormatContext,
): Promise<Column[]> {
  const described = await engine.describe(query, work);
  return partition_columns.flatMap((name) => {
    return described.filter((column) => foldName(column.name) === foldName(name));
  });
}

/** The values of the columns, as texts. Fails with file.too_many. */
async function valuesOf(
  query: string,
  columns: readonly Column[],
  { location }: FileDestination,
  { platform: { engine }, work }: FormatContext,
): Promise<(string | null)[][]> {
  const items = columns.map(({ name }) => `${quoteIdentifier(name)}::VARCHAR`).join(', ');
  const distinct = `SELECT DISTINCT ${items} FROM (\n${query}\n) ORDER BY ALL LIMIT ${mostPartitions + 1}`;
  const values = (await readRows(engine, distinct, { signal: work.signal })) as (string | null)[][];
  if (values.length > mostPartitions) throw tooMany(location, mostPartitions);
  return values;
}

function foldersOf(columns: readonly Column[], values: readonly (string | null)[]): string[] {
  return values.map((value, position) => partitionFolder(columns[position]?.name ?? '', value));
}

/** Fails with file.partition at the column a value of which would not come back from the name of a folder. */
function requireNames(columns: readonly Column[], partitions: Parts['partitions'], destination: FileDestination): void {
  for (const values of partitions) {
    foldersOf(columns, values).forEach((folder, position) => {
      const [value, name] = [values[position] ?? null, columns[position]?.name ?? ''];
      const why =
        value === noValue
          ? `its value ${noValue} is how folders say that there is none`
          : folder.length > longestName
            ? `its value "${(value ?? '').slice(0, 40)}…" is too long for the name of a folder`
            : undefined;
      if (why === undefined) return;
      throw failure('file.partition', `The output cannot be parted by ${name}: ${why}.`, {
        path: ['destination', 'partition_columns', position],
        hint: `Change such values in the query, or part ${destination.location} by another column.`,
      });
    });
  }
}

/** Types whose texts are cast back to the very same value. */
const exact = /^(VARCHAR|BOOLEAN|DATE|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UUID)$/;

function isValue({ name, type }: Column, value: string | null): string {
  const column = quoteIdentifier(name);
  if (value === null) return `${column} IS NULL`;
  const text = textExpression(value);
  return exact.test(type) ? `${column} = CAST(${text} AS ${type})` : `${column}::VARCHAR = ${text}`;
}

/** Every partition has the same to tell. */
function tellOnce(context: FormatContext): WriteContext {
  const told = new Set<string>();
  return {
    ...context,
    notify: (issue) => {
      if (told.has(issue.message)) return;
      told.add(issue.message);
      context.notify(issue);
    },
  };
}
