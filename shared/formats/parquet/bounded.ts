// Which dates and times of Parquet files are known, by the files' statistics, to be within DuckDB's range: such columns are
// read as they are, so that DuckDB can leave out row groups by conditions on them.
import { isCancelled, SluiceError } from '../../errors.ts';
import type { Column, Engine, OpenFile, Work } from '../../platform.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { readRows } from '../../values/read.ts';

const dated = /^(DATE|TIMESTAMP.*)$/;

/** For each file, the columns that are known to be bounded. */
export async function boundedColumns(
  engine: Engine,
  files: readonly (Pick<OpenFile, 'engineName'> & { readonly columns: readonly Column[] })[],
  work: Work,
): Promise<readonly ReadonlySet<string>[]> {
  // DuckDB v1.5.6 ends when it prints a time of a day that is out of range, as its table function of statistics does.
  const asked = files.filter(({ columns }) => !columns.some(({ type }) => /\bTIME\b(?! WITH)|TIME_NS/.test(type)));
  const names = new Set(asked.flatMap(({ columns }) => columns.filter(({ type }) => dated.test(type)).map(nameOf)));
  const found = new Map<string, Set<string>>();
  if (names.size > 0) {
    for (const [file, column] of await withinRange(engine, asked, [...names], work)) {
      const own = found.get(String(file)) ?? new Set();
      found.set(String(file), own.add(String(column)));
    }
  }
  const undated = new Map(
    files.map(({ columns }) => [columns, columns.filter(({ type }) => isPlain(type)).map(nameOf)]),
  );
  return files.map(
    ({ engineName, columns }) => new Set([...(undated.get(columns) ?? []), ...(found.get(engineName) ?? [])]),
  );
}

function nameOf({ name }: Column): string {
  return name;
}

/** Whether no date or time is in a type at all. */
function isPlain(type: string): boolean {
  return !/\b(DATE|TIME)/.test(type);
}

/** Names of files and of columns of theirs. */
async function withinRange(
  engine: Engine,
  files: readonly Pick<OpenFile, 'engineName'>[],
  names: readonly string[],
  work: Work,
): Promise<readonly (readonly unknown[])[]> {
  const list = files.map(({ engineName }) => quoteLiteral(engineName)).join(', ');
  const query = `SELECT file_name, path_in_schema FROM parquet_metadata([${list}])
    WHERE path_in_schema IN (${names.map(quoteLiteral).join(', ')}) GROUP BY ALL
    HAVING bool_and(coalesce(
      TRY_CAST(coalesce(stats_min_value, stats_min) AS TIMESTAMP) > '-infinity'
      AND TRY_CAST(coalesce(stats_max_value, stats_max) AS TIMESTAMP) < 'infinity',
      stats_null_count = num_values, false))`;
  try {
    return await readRows(engine, query, work);
  } catch (thrown) {
    // Statistics that DuckDB cannot print are out of range: nothing is known then.
    if (!isCancelled(thrown) && thrown instanceof SluiceError && thrown.code.startsWith('sql.')) return [];
    throw thrown;
  }
}
