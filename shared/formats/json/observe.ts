// DuckDB's JSON reader rounds 2.5 to fit a BIGINT, turns true into 1, drops digits that a double does not hold and writes
// numbers in its own way where they become text, all without a word. So it reads only files whose values it keeps, and
// this decides which. Where it cannot be sure, our own reader reads, which keeps what fits and refuses the rest.
import { SluiceError } from '../../errors.ts';
import type { Column } from '../../platform.ts';
import { foldName } from '../../sql/names.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { parseType, type DuckDBType } from '../../sql/types.ts';
import { rowsOf } from '../../values/codec.ts';
import type { FileInput, FormatContext } from '../format.ts';
import { columnMap, readerCall } from '../view.ts';
import type { Shape } from './infer.ts';
import type { JsonColumns } from './native.ts';

/** Whether DuckDB keeps all values of files all of whose records were seen when these shapes were. */
export function keepsShapes(stored: readonly Column[], fields: ReadonlyMap<string, Shape>): boolean {
  return stored.every(({ name, type }) => keepsShape(parseType(type), fields.get(name)));
}

function keepsShape(stored: DuckDBType, shape: Shape | undefined): boolean {
  if (!shape || shape.kind === 'unknown') return true;
  if (stored.kind === 'list') return shape.kind === 'list' && keepsShape(stored.element, shape.element);
  if (stored.kind === 'struct') {
    return shape.kind === 'struct' && stored.fields.every(({ name, type }) => keepsShape(type, shape.fields.get(name)));
  }
  switch (stored.kind === 'scalar' ? stored.name : '') {
    case 'BOOLEAN':
      return shape.kind === 'boolean';
    case 'BIGINT':
      return shape.kind === 'integer';
    case 'DOUBLE':
      return shape.kind === 'number' || (shape.kind === 'integer' && shape.isDouble);
    default:
      return shape.kind === 'text' || (shape.kind === 'struct' && shape.fields.size === 0);
  }
}

/** Whether DuckDB keeps all values of files that it looks through for this. `reader`: the options of read_json. */
export async function keepsValues(
  files: FileInput['files'],
  reader: Readonly<Record<string, string>>,
  { stored, wanted, closed }: JsonColumns,
  context: FormatContext,
): Promise<boolean> {
  const names = files.map((file) => file.engineName);
  const { engine } = context.platform;
  const call = readerCall('read_json', names, { ...reader, records: 'true', ...observing });
  const observed = await describedBy(engine.describe(`SELECT * FROM ${call}`, context.work));
  if (!observed) return false;
  if (closed && observed.some(({ name }) => !stored.some((column) => column.name === name))) return false;
  const doubts: Doubts = { digits: new Set(), nulls: [], closed };
  for (const [index, { name, type }] of stored.entries()) {
    const found = observed.find((column) => column.name === name);
    if (!found && observed.some((column) => foldName(column.name) === foldName(name))) return false;
    if (found && !keeps(parseType(type), parseType(wanted[index]?.type ?? type), parseType(found.type), name, doubts)) {
      if (found.type !== 'JSON' || type !== 'VARCHAR') return false;
      doubts.nulls.push({ name, type });
    }
  }
  if (doubts.nulls.length > 0 && !(await areNull(names, reader, doubts.nulls, context))) return false;
  return doubts.digits.size === 0 || (await keepsDigits(names, reader, doubts.digits, context));
}

/** Undefined where DuckDB fails on the data, of which our own reader tells file and line. */
async function describedBy(described: Promise<readonly Column[]>): Promise<readonly Column[] | undefined> {
  try {
    return await described;
  } catch (thrown) {
    if (thrown instanceof SluiceError && ['sql.failed', 'sql.syntax', 'file.corrupt'].includes(thrown.code))
      return undefined;
    throw thrown;
  }
}

/** What makes DuckDB look at all values, and tell integers from other numbers. */
const observing = {
  hive_partitioning: 'false',
  union_by_name: 'true',
  maximum_sample_files: '2147483647',
  sample_size: '-1',
  maximum_depth: '-1',
  field_appearance_threshold: '0',
  map_inference_threshold: '-1',
  convert_strings_to_integers: 'false',
};

interface Doubts {
  /** Whether objects may have no other keys than those that are stored. */
  readonly closed: boolean;
  /** The keys of numbers that might have more digits than a double holds; empty text for the items of lists. */
  readonly digits: Set<string>;
  /** Columns of text in which DuckDB has seen nulls only, or several kinds of values. */
  readonly nulls: Column[];
}

/** Whether DuckDB keeps what it has observed, or fails on it, but for doubts. */
function keeps(stored: DuckDBType, wanted: DuckDBType, observed: DuckDBType, key: string, doubts: Doubts): boolean {
  if (stored.kind === 'list') {
    const inner = wanted.kind === 'list' || wanted.kind === 'array' ? wanted.element : stored.element;
    return observed.kind === 'list' && keeps(stored.element, inner, observed.element, '', doubts);
  }
  if (stored.kind === 'struct') {
    if (observed.kind !== 'struct') return false;
    const fields = new Map(observed.fields.map((field) => [field.name, field.type]));
    if (doubts.closed && observed.fields.some(({ name }) => !stored.fields.some((field) => field.name === name)))
      return false;
    return stored.fields.every(({ name, type }, index) => {
      const found = fields.get(name);
      const inner = wanted.kind === 'struct' ? wanted.fields[index]?.type : undefined;
      return !found || keeps(type, inner ?? type, found, name, doubts);
    });
  }
  if (stored.kind !== 'scalar' || observed.kind !== 'scalar') return false;
  const integer = ['BIGINT', 'UBIGINT', 'HUGEINT'].includes(observed.name);
  switch (stored.name) {
    case 'BOOLEAN':
      return observed.name === 'BOOLEAN';
    case 'BIGINT':
      return integer; // one that BIGINT cannot hold makes the reader fail
    case 'DOUBLE':
      if (!integer && observed.name !== 'DOUBLE') return false;
      doubts.digits.add(key);
      return true;
    default:
      if (observed.name === 'JSON') return false;
      if (observed.name !== 'DOUBLE') return true;
      // As text, a number is written as DuckDB does: equal for who computes with it.
      doubts.digits.add(key);
      return wanted.kind === 'decimal' || (wanted.kind === 'scalar' && wanted.name === 'FLOAT');
  }
}

async function areNull(
  names: readonly string[],
  reader: Readonly<Record<string, string>>,
  columns: readonly Column[],
  { platform, work }: FormatContext,
): Promise<boolean> {
  const options = { ...reader, records: 'true', hive_partitioning: 'false', columns: columnMap(columns) };
  const present = columns.map(({ name }) => `${quoteIdentifier(name)} IS NOT NULL`).join(' OR ');
  const query = `SELECT 1 FROM ${readerCall('read_json', names, options)} WHERE ${present} LIMIT 1`;
  const { batches } = await platform.engine.query(query, work);
  let found = 0;
  for await (const batch of batches) found += batch.numRows;
  return found === 0;
}

/** A number with more than 15 digits, or with an exponent of three: what is no exact double is among them. */
const longNumber = String.raw`-?[0-9](?:[0-9.]{15,}(?:[eE][-+]?[0-9]+)?|[0-9.]*[eE][-+]?[0-9]{3,})`;
/** With the key before it, or the bracket or comma of a list. */
const keyed = String.raw`(?:"((?:[^"\\]|\\.)*)"\s*:\s*|[\[,]\s*)(${longNumber})`;

/** Whether doubles hold the numbers that stand behind these keys. Text that looks like such a number is taken for one. */
async function keepsDigits(
  names: readonly string[],
  reader: Readonly<Record<string, string>>,
  keys: ReadonlySet<string>,
  { platform, work }: FormatContext,
): Promise<boolean> {
  const call = readerCall('read_json_objects', names, { ...reader, hive_partitioning: 'false' });
  const digits = (number: string): string =>
    `trim(system.main.regexp_replace(system.main.regexp_replace(${number}, '[eE].*$', ''), '[-.]', '', 'g'), '0')`;
  const found = `SELECT unnest(regexp_extract_all(text, ${quoteLiteral(keyed)}, 1)) AS key,
      unnest(regexp_extract_all(text, ${quoteLiteral(keyed)}, 2)) AS number
    FROM (SELECT CAST(json AS VARCHAR) AS text FROM ${call})
    WHERE regexp_matches(text, ${quoteLiteral(longNumber)})`;
  const query = `SELECT DISTINCT key FROM (${found})
    WHERE ${digits('number')} IS DISTINCT FROM ${digits('CAST(TRY_CAST(number AS DOUBLE) AS VARCHAR)')} LIMIT 1000`;
  const { columns, batches } = await platform.engine.query(query, work);
  let [kept, count] = [true, 0];
  for await (const batch of batches) {
    for (const [found] of rowsOf(batch, columns) as [string | null][]) {
      const key = found ?? ''; // of an item of a list
      if (keys.has(key) || key.includes('\\') || ++count === 1000) kept = false;
    }
  }
  return kept;
}
