// Values in paths are text. They are cast to the declared types before anything is read, exactly or not at all: DuckDB
// alone would round 1.5 to an INTEGER and cut the time off a DATE.
import { failure } from '../errors.ts';
import type { Column } from '../platform.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { parseType, type DuckDBType } from '../sql/types.ts';
import { readRows } from '../values/read.ts';
import type { Wanted } from './open-files.ts';
import type { SourceContext } from './source.ts';

/** Values that one query looks at. */
const batchSize = 1000;

/** Fails with file.partition, naming the first file whose value does not fit; with type.unsupported for nested types. */
export async function requireExact(
  columns: readonly Column[],
  wanted: readonly Required<Wanted>[],
  context: SourceContext,
): Promise<void> {
  for (const [index, column] of columns.entries()) {
    const type = parseType(column.type);
    if (type.kind !== 'scalar' && type.kind !== 'decimal') {
      throw failure(
        'type.unsupported',
        `Partition column ${column.name} cannot be ${column.type}: a path holds plain values.`,
      );
    }
    const values = new Map<string, string>();
    for (const { location, partitions } of wanted) {
      const value = partitions[index];
      if (value !== null && value !== undefined && !values.has(value)) values.set(value, location);
    }
    const inexact = [...values.keys()].find((value) => !isExact(value, type));
    const misfit = inexact ?? (await firstMisfit([...values.keys()], column.type, context));
    if (misfit === undefined) continue;
    const where = values.get(misfit) ?? '';
    throw failure(
      'file.partition',
      `${where} has the value "${misfit}" for ${column.name}, which is no ${column.type}.`,
      {
        hint: 'Rename the folder, or declare the column as a string.',
      },
    );
  }
}

/** What a cast would change without a word. */
function isExact(value: string, type: DuckDBType): boolean {
  if (type.kind === 'decimal') {
    const decimals = /^[^.]*\.(\d*?)0*$/.exec(value)?.[1] ?? '';
    return !/e/i.test(value) && decimals.length <= type.scale;
  }
  const name = type.kind === 'scalar' ? type.name : '';
  if (/INT|HUGE/.test(name) && name !== 'INTERVAL') return /^[-+]?\d+$/.test(value);
  return name !== 'DATE' || /^-?\d{1,6}-\d{1,2}-\d{1,2}$/.test(value);
}

async function firstMisfit(
  values: readonly string[],
  type: string,
  { platform: { engine }, work }: SourceContext,
): Promise<string | undefined> {
  for (let start = 0; start < values.length; start += batchSize) {
    const rows = values.slice(start, start + batchSize).map((value) => `(${quoteLiteral(value)})`);
    const query = `SELECT v FROM (VALUES ${rows.join(', ')}) paths(v) WHERE TRY_CAST(v AS ${type}) IS NULL`;
    const [misfit] = await readRows(engine, query, work);
    if (misfit) return misfit[0] as string;
  }
  return undefined;
}
