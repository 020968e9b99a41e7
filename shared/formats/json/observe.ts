// DuckDB's JSON reader rounds 2.5 to fit a BIGINT and turns true into 1 without a word. So, before it reads files under
// types that were not inferred from all of them, DuckDB itself looks at the whole files. Where what it sees may not be
// what is wanted, our own reader decides, which refuses what does not fit, and tells the line.
import type { Column } from '../../platform.ts';
import { parseType, type DuckDBType } from '../../sql/types.ts';
import type { FileInput, FormatContext } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { readerCall } from '../view.ts';
import { scanJson } from './decode.ts';

/** Fails with file.corrupt when a column holds values that its type would change. `reader`: the options of read_json. */
export async function requireObserved(
  files: FileInput['files'],
  options: Pick<JsonReadOptions, 'layout' | 'compression'>,
  reader: Readonly<Record<string, string>>,
  columns: readonly Column[],
  { platform, work }: FormatContext,
): Promise<void> {
  if (!columns.some((column) => isStrict(parseType(column.type)))) return;
  const names = files.map((file) => file.engineName);
  const call = readerCall('read_json', names, {
    ...reader,
    hive_partitioning: 'false',
    union_by_name: 'true',
    maximum_sample_files: '2147483647',
    sample_size: '-1',
    maximum_depth: '-1',
    field_appearance_threshold: '0',
    map_inference_threshold: '-1',
    convert_strings_to_integers: 'false',
  });
  const observed = await platform.engine.describe(`SELECT * FROM ${call}`, work);
  const types = new Map(observed.map((column) => [column.name, parseType(column.type)]));
  const doubtful = columns.filter(({ name, type }) => {
    const found = types.get(name);
    return found && !fits(parseType(type), found);
  });
  if (doubtful.length === 0) return;
  const scan = scanJson({ files, partitions: [] }, options, doubtful, () => undefined);
  const decoded = scan(
    doubtful.map(({ name }) => name),
    work.signal,
  );
  const batches = decoded[Symbol.asyncIterator]();
  while (!(await batches.next()).done);
}

function isStrict(type: DuckDBType): boolean {
  if (type.kind === 'list') return isStrict(type.element);
  if (type.kind === 'struct') return type.fields.some((field) => isStrict(field.type));
  return type.kind === 'scalar' && type.name !== 'VARCHAR';
}

/** Whether DuckDB keeps every value that it has observed as such a type, or fails on it. */
function fits(wanted: DuckDBType, observed: DuckDBType): boolean {
  if (!isStrict(wanted)) return true; // any value may become text
  if (wanted.kind === 'list') return observed.kind === 'list' && fits(wanted.element, observed.element);
  if (wanted.kind === 'struct') {
    if (observed.kind !== 'struct') return false;
    const fields = new Map(observed.fields.map((field) => [field.name, field.type]));
    return wanted.fields.every(({ name, type }) => {
      const found = fields.get(name);
      return !found || fits(type, found);
    });
  }
  if (wanted.kind !== 'scalar' || observed.kind !== 'scalar') return false;
  return observable.get(wanted.name)?.includes(observed.name) ?? false;
}

/**
 * What may be observed where a type is wanted. Integers of both signs are observed as HUGEINT, and those that BIGINT
 * cannot hold make the reader fail; JSON is observed for columns of nulls and for mixed ones.
 */
const observable = new Map<string, readonly string[]>([
  ['BOOLEAN', ['BOOLEAN']],
  ['BIGINT', ['BIGINT', 'UBIGINT', 'HUGEINT']],
  ['DOUBLE', ['DOUBLE', 'BIGINT', 'UBIGINT', 'HUGEINT']],
]);
