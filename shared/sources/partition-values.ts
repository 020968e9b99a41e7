// Values in paths are text. They are taken as the declared types before anything is read, exactly or not at all, and
// given on in DuckDB's own spelling: its casts alone would round 1.5 to an INTEGER and drop the offset of an instant.
import { failure, SluiceError } from '../errors.ts';
import { exactCast } from '../formats/exact-cast.ts';
import type { Column } from '../platform.ts';
import { textExpression } from '../sql/quote.ts';
import { parseType, type DuckDBType } from '../sql/types.ts';
import { readRows } from '../values/read.ts';
import type { Wanted } from './open-files.ts';
import type { SourceContext } from './source.ts';

/** Values that one query looks at. */
const batchSize = 1000;

/**
 * The files with their values as DuckDB spells them. Fails with file.partition, naming the first file whose value does
 * not fit; with type.unsupported for nested types.
 */
export async function exactValues(
  columns: readonly Column[],
  wanted: readonly Required<Wanted>[],
  context: SourceContext,
): Promise<Required<Wanted>[]> {
  const spellings: ReadonlyMap<string, string>[] = [];
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
    spellings.push(await spelled(column, type, values, context));
  }
  return wanted.map(({ location, partitions }) => ({
    location,
    partitions: partitions.map((value, index) => (value === null ? null : (spellings[index]?.get(value) ?? value))),
  }));
}

/** The values, each with its spelling; `files` has a file for each. */
async function spelled(
  { name, type: printed }: Column,
  type: DuckDBType,
  files: ReadonlyMap<string, string>,
  { platform: { engine }, work }: SourceContext,
): Promise<ReadonlyMap<string, string>> {
  const spellings = new Map<string, string>();
  const all = [...files.keys()];
  const cast = exactCast('v', text, type, { relation: '', column: name, type: printed });
  for (let start = 0; start < all.length; start += batchSize) {
    const batch = all.slice(start, start + batchSize);
    const rows = batch.map((value, index) => `(${index}, ${textExpression(unpadded(value, type))})`);
    const query = `SELECT i, CAST(${cast} AS VARCHAR) FROM (VALUES ${rows.join(', ')}) paths(i, v) ORDER BY i`;
    try {
      for (const [index, value] of (await readRows(engine, query, work)) as [number, string][]) {
        spellings.set(batch[index] ?? '', value);
      }
    } catch (thrown) {
      const text = thrown instanceof SluiceError ? thrown.issue.misfit?.text : undefined;
      const value = batch.find((each) => text !== undefined && unpadded(each, type).startsWith(text));
      if (value === undefined) throw thrown;
      throw failure(
        'file.partition',
        `${files.get(value) ?? ''} has the value "${value}" for ${name}, which is no ${printed}.`,
        { hint: 'Rename the folder, or declare the column as a string.' },
      );
    }
  }
  return spellings;
}

const text: DuckDBType = { kind: 'scalar', name: 'VARCHAR' };

/** Folders of numbers are written as `month=01`, so that they sort. */
function unpadded(value: string, type: DuckDBType): string {
  const isNumber = type.kind === 'decimal' || (type.kind === 'scalar' && /INT$|^INTEGER$/.test(type.name));
  return isNumber ? value.replace(/^(-?)0*(?=\d+(\.\d*)?$)/, '$1') : value;
}
