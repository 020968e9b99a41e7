// A folder parted by the values of columns: `year=2024/data_0.parquet`. DuckDB writes it in one go where it can make
// folders and knows the format; elsewhere the rows are held as a table and written value by value.
import { failure } from '../errors.ts';
import type { FormatContext, WriteContext } from '../formats/format.ts';
import { tooMany } from '../locations/folder.ts';
import { partitionFolder } from '../locations/partitions.ts';
import type { Column, NewFile, NewFolder } from '../platform.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { readRows } from '../values/read.ts';
import type { Written } from './destination.ts';
import type { FileDestination } from './file.schema.ts';
import { endingOf, writeFormat } from './write-format.ts';

/** Partitions that a folder may have. */
const mostPartitions = 10_000;

export async function writePartitions(
  query: string,
  destination: FileDestination,
  folder: NewFolder,
  context: FormatContext,
): Promise<Written> {
  const { partition_columns: partitionBy, format } = destination;
  const rows =
    format.type !== 'json' && folder.engineName
      ? await writeFormat(query, format, engineFolder(await folder.engineName()), { ...context, partitionBy })
      : await writeOneByOne(query, destination, folder, context);
  return { rows, ...(await folder.commit(mostPartitions)) };
}

/** The folder as what DuckDB writes to. */
function engineFolder(name: string): NewFile {
  const refuse = (): never => {
    throw failure('internal', 'Only DuckDB writes into this folder.');
  };
  return { engineName: () => Promise.resolve(name), write: refuse, commit: refuse, abort: () => Promise.resolve() };
}

async function writeOneByOne(
  query: string,
  destination: FileDestination,
  folder: NewFolder,
  context: FormatContext,
): Promise<number> {
  const { engine } = context.platform;
  const table = quoteIdentifier(`${destination.name} (to be parted)`);
  await engine.execute(`CREATE TABLE ${table} AS FROM (\n${query}\n)`, { signal: context.work.signal });
  try {
    return await writeTable(table, destination, folder, context);
  } finally {
    if (!context.work.signal?.aborted) await engine.execute(`DROP TABLE IF EXISTS ${table}`); // else the run's end does it
  }
}

async function writeTable(
  table: string,
  { location, partition_columns, format }: FileDestination,
  folder: NewFolder,
  context: FormatContext,
): Promise<number> {
  const { work, platform } = context;
  const described = await platform.engine.describe(`FROM ${table}`, work);
  const columns = partition_columns.flatMap((name) => {
    return described.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  });
  const partitions = await valuesOf(table, columns, location, context);
  const once = tellOnce(context);
  const others = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  let rows = 0;
  for (const [index, values] of partitions.entries()) {
    const path = values.map((value, position) => partitionFolder(columns[position]?.name ?? '', value));
    const conditions = columns.map((column, position) => isValue(column, values[position] ?? null));
    const part = `SELECT * EXCLUDE (${others}) FROM ${table} WHERE ${conditions.join(' AND ')}`;
    const file = await folder.create(`${path.join('/')}/data_0.${endingOf(format)}`);
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

/** The values of the columns, as texts. Fails with file.too_many. */
async function valuesOf(
  table: string,
  columns: readonly Column[],
  location: string,
  { platform: { engine }, work }: FormatContext,
): Promise<(string | null)[][]> {
  const items = columns.map(({ name }) => `${quoteIdentifier(name)}::VARCHAR`).join(', ');
  const query = `SELECT DISTINCT ${items} FROM ${table} ORDER BY ALL LIMIT ${mostPartitions + 1}`;
  const values = (await readRows(engine, query, work)) as (string | null)[][];
  if (values.length > mostPartitions) throw tooMany(location, mostPartitions);
  return values;
}

/** Types whose texts are cast back to the very same value. */
const exact = /^(VARCHAR|BOOLEAN|DATE|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UUID)$/;

function isValue({ name, type }: Column, value: string | null): string {
  const column = quoteIdentifier(name);
  if (value === null) return `${column} IS NULL`;
  const text = quoteLiteral(value);
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
