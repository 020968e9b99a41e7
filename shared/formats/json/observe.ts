// DuckDB's JSON reader rounds 2.5 to fit a BIGINT and turns true into 1 without a word. So, before it reads a file
// under types that were not inferred from all of it, DuckDB itself looks at the whole file and we compare.
import { failure } from '../../errors.ts';
import type { Column, OpenFile } from '../../platform.ts';
import { parseType, printType, type DuckDBType } from '../../sql/types.ts';
import type { FormatContext } from '../format.ts';
import { readerCall } from '../view.ts';

/** Fails with file.corrupt when a column holds values that its type would change. `reader`: the options of read_json. */
export async function requireObserved(
  files: readonly OpenFile[],
  reader: Readonly<Record<string, string>>,
  columns: readonly Column[],
  context: FormatContext,
): Promise<void> {
  if (!columns.some((column) => strict(parseType(column.type)))) return;
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
  const observed = await context.platform.engine.describe(`SELECT * FROM ${call}`, context.work);
  const subject = files.map((file) => file.location).join(', ');
  const types = new Map(observed.map((column) => [column.name, parseType(column.type)]));
  for (const column of columns) {
    const type = types.get(column.name);
    if (type) requireFit(parseType(column.type), type, `${column.name} of ${subject}`);
  }
}

function strict(type: DuckDBType): boolean {
  if (type.kind === 'list') return strict(type.element);
  if (type.kind === 'struct') return type.fields.some((field) => strict(field.type));
  return type.kind === 'scalar' && type.name !== 'VARCHAR';
}

function requireFit(wanted: DuckDBType, observed: DuckDBType, where: string): void {
  if (wanted.kind === 'list' && observed.kind === 'list') return requireFit(wanted.element, observed.element, where);
  if (wanted.kind === 'struct' && observed.kind === 'struct') {
    const fields = new Map(observed.fields.map((field) => [field.name, field.type]));
    for (const { name, type } of wanted.fields) {
      const found = fields.get(name);
      if (found) requireFit(type, found, `${where}, key ${name},`);
    }
    return;
  }
  if (wanted.kind !== 'scalar' || observed.kind !== 'scalar') return; // DuckDB refuses these by itself
  const fitting = observable.get(wanted.name);
  if (!fitting || fitting.includes(observed.name)) return;
  throw failure('file.corrupt', `${where} holds ${printType(observed)} values where ${wanted.name} was expected.`, {
    hint: 'Declare the columns with `schema`.',
  });
}

/** What may be observed where a type is wanted; any value may become text. DuckDB says JSON where it saw only nulls. */
const observable = new Map<string, readonly string[]>([
  ['BOOLEAN', ['BOOLEAN', 'JSON']],
  ['BIGINT', ['BIGINT', 'JSON']],
  ['DOUBLE', ['DOUBLE', 'BIGINT', 'UBIGINT', 'HUGEINT', 'JSON']],
]);
