// Casts that change no value: it becomes one of the wanted type exactly, or the statement fails and says which it was.
// For the casts that we make (inference, declared schemas, several files, partitions); a cast that a user writes keeps
// DuckDB's meaning. What DuckDB's own casts let pass was measured on v1.5.6.
import { misfitOf, type MisfitColumn } from '../sql/misfit.ts';
import { foldName } from '../sql/names.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { parseType, printType, type DuckDBType } from '../sql/types.ts';
import type { DeclaredLimit } from './declared-limits.ts';
import { decimalConversion, missing, textConversion, tryCast } from './text-casts.ts';

/** A column of a relation: read as `from`, wanted as `type`, both as DESCRIBE prints them. */
export interface ExactColumn {
  readonly name: string;
  readonly from: string;
  readonly type: string;
  /** Whether NULL is one of its values; it is by default. */
  readonly nullable?: boolean | undefined;
  /** Whether a value may change to fit the type, as CAST would change it: asked for in the document. */
  readonly lossy?: boolean | undefined;
  /** What it takes less than `type`; not looked at where a value may change. */
  readonly limit?: DeclaredLimit | undefined;
  /** The SQL that reads it; its name by default. */
  readonly item?: string | undefined;
  /** A text that stands for NULL unless it is one of the type's values. */
  readonly nullText?: string | undefined;
}

/** How a value of one type becomes one of another, as SQL over the value (`item`) and what became of it (`value`). */
export interface Conversion {
  /** NULL where it becomes none. */
  readonly value: (item: string) => string;
  /** A cheap condition that holds for every value that has changed, and perhaps for some that have not. */
  readonly suspect?: (item: string, value: string) => string;
  /** For suspects: conditions in order under which nothing has changed, each with the value that is taken then. */
  readonly cases?: (item: string, value: string) => readonly (readonly [condition: string, value: string])[];
}

/** A SELECT of columns in their wanted types over a FROM item, with `more` items behind them. */
export function exactSelect(
  relation: string,
  columns: readonly ExactColumn[],
  expression: string,
  more: readonly string[] = [],
): string {
  const prefix = unusedPrefix(columns.map(({ name }) => name));
  const inner: string[] = [];
  const outer = columns.map((column, index) => {
    const name = quoteIdentifier(column.name);
    const item = column.item ?? name;
    const subject = { relation, column: column.name, type: column.type };
    const conversion = conversionOf(column, subject);
    let [source, result] = [item, item];
    if (conversion) {
      // Computed once and used twice: DuckDB shares no expression between the arms of a CASE.
      const value = quoteIdentifier(`${prefix}value${index}`);
      source = quoteIdentifier(`${prefix}item${index}`);
      inner.push(`${item} AS ${source}`, `${conversion.value(item)} AS ${value}`);
      result = judged(conversion, source, value, subject, column.nullText);
    }
    const required = column.nullable === false ? notNull(source, result, subject, column.nullText) : result;
    return required === name ? name : `${required} AS ${name}`;
  });
  const from = inner.length === 0 ? expression : `(SELECT *, ${inner.join(', ')} FROM ${expression})`;
  return `SELECT ${[...outer, ...more].join(', ')} FROM ${from}`;
}

/** One value as SQL, for where no column stands, such as inside of a list. */
export function exactCast(item: string, from: DuckDBType, to: DuckDBType, subject: MisfitColumn): string {
  const conversion = between(from, to, subject);
  return conversion ? judged(conversion, item, conversion.value(item), subject) : item;
}

function conversionOf(
  { from, type, lossy = false, limit, nullText }: ExactColumn,
  subject: MisfitColumn,
): Conversion | undefined {
  if (from === type) return limit && !lossy ? within(limit, { value: (item) => item }, subject) : undefined;
  const cast = castTo(type);
  if (lossy)
    return { value: nullText === undefined ? cast : (item) => cast(`nullif(${item}, ${quoteLiteral(nullText)})`) };
  const conversion = between(parseType(from), parseType(type), subject);
  return conversion && limit ? within(limit, conversion, subject) : conversion;
}

/** The conversion that refuses values beyond a limit as well. */
function within({ type, breaks }: DeclaredLimit, conversion: Conversion, subject: MisfitColumn): Conversion {
  const { value, suspect, cases } = conversion;
  return {
    value,
    suspect: (item, result) => `(${suspect?.(item, result) ?? 'false'} OR ${breaks(item, result)})`,
    cases: (item, result) => [
      [breaks(item, result), misfitOf({ ...subject, type }, item, 'inexact')],
      ...(cases?.(item, result) ?? []),
    ],
  };
}

function judged(
  { suspect, cases }: Conversion,
  item: string,
  value: string,
  subject: MisfitColumn,
  nullText?: string,
): string {
  if (!suspect) return value;
  const right = (cases?.(item, value) ?? []).map(([condition, result]) => `WHEN ${condition} THEN ${result}`);
  const misfit = misfitOf(subject, item, 'inexact');
  const verdict = `CASE WHEN ${isMissing(item, nullText)} THEN NULL ${right.join(' ')} ELSE ${misfit} END`;
  return `CASE WHEN ${suspect(item, value)} THEN ${verdict} ELSE ${value} END`;
}

function notNull(item: string, value: string, subject: MisfitColumn, nullText?: string): string {
  return `CASE WHEN ${isMissing(item, nullText)} THEN ${misfitOf(subject, item, 'missing')} ELSE ${value} END`;
}

/** Whether a text is NULL or stands for it. */
export function isMissing(item: string, nullText: string | undefined): string {
  return nullText === undefined ? `${item} IS NULL` : `(${item} IS NULL OR ${item} = ${quoteLiteral(nullText)})`;
}

/** The conversion between two types; undefined where there is nothing to do. */
function between(from: DuckDBType, to: DuckDBType, subject: MisfitColumn): Conversion | undefined {
  const type = printType(to);
  if (printType(from) === type) return undefined;
  if (isNested(to)) return nested(from, to, subject);
  if (from.kind === 'scalar' && from.name === 'VARCHAR') {
    if (to.kind === 'decimal') return decimalConversion(type, to.precision, to.scale);
    return to.kind === 'scalar' ? textConversion(to.name) : { value: tryCast(type), suspect: missing };
  }
  if (keeps(from, to)) return { value: castTo(type) };
  // DuckDB takes true for 1, and would take it back.
  if (isBoolean(from) !== isBoolean(to)) {
    return { value: () => `CAST(NULL AS ${type})`, suspect: (item) => `${item} IS NOT NULL` };
  }
  // There and back again is the same value, or it was another one on the way.
  const back = tryCast(printType(from));
  return { value: tryCast(type), suspect: (item, value) => `${back(value)} IS DISTINCT FROM ${item}` };
}

function isBoolean(type: DuckDBType): boolean {
  return type.kind === 'scalar' && type.name === 'BOOLEAN';
}

function isNested({ kind }: DuckDBType): boolean {
  return kind === 'list' || kind === 'array' || kind === 'struct' || kind === 'map';
}

/** Lists and structs part by part; their text as one with texts in it first, which DuckDB parts without changing any. */
function nested(from: DuckDBType, to: DuckDBType, subject: MisfitColumn): Conversion {
  if (from.kind === 'scalar') {
    const texts = withTexts(to);
    const parts = between(texts, to, subject);
    const read = (item: string): string => `TRY(${tryCast(printType(texts))(item)})`;
    return {
      value: (item) => (parts ? parts.value(read(item)) : read(item)),
      suspect: (item) => `${read(item)} IS NULL AND ${item} IS NOT NULL`,
    };
  }
  const value = (item: string): string => {
    if ((from.kind === 'list' || from.kind === 'array') && (to.kind === 'list' || to.kind === 'array')) {
      const elements = `list_transform(${item}, lambda element: ${exactCast('element', from.element, to.element, subject)})`;
      return to.kind === 'array' ? `CAST(${elements} AS ${printType(to)})` : elements;
    }
    if (from.kind === 'struct' && to.kind === 'struct') {
      const fields = to.fields.map(({ name, type }) => {
        const own = from.fields.find((field) => foldName(field.name) === foldName(name));
        const field = `struct_extract(${item}, ${quoteLiteral(own?.name ?? name)})`;
        const cast = own ? exactCast(field, own.type, type, subject) : `CAST(NULL AS ${printType(type)})`;
        return `${quoteIdentifier(name)} := ${cast}`;
      });
      return `CASE WHEN ${item} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`;
    }
    if (from.kind === 'map' && to.kind === 'map') {
      const key = exactCast('element.key', from.key, to.key, subject);
      const entry = exactCast('element.value', from.value, to.value, subject);
      const pair = `lambda element: struct_pack(k := ${key}, v := ${entry})`;
      return `CASE WHEN ${item} IS NOT NULL THEN map_from_entries(list_transform(map_entries(${item}), ${pair})) END`;
    }
    return `TRY_CAST(${item} AS ${printType(to)})`;
  };
  return { value, suspect: (item, result) => `${result} IS NULL AND ${item} IS NOT NULL` };
}

/** The type with VARCHAR for everything that is not nested. */
function withTexts(type: DuckDBType): DuckDBType {
  switch (type.kind) {
    case 'list':
    case 'array':
      return { ...type, element: withTexts(type.element) };
    case 'struct':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: withTexts(field.type) })) };
    case 'map':
      return { ...type, key: withTexts(type.key), value: withTexts(type.value) };
    default:
      return { kind: 'scalar', name: 'VARCHAR' };
  }
}

/** Integers by their bits: signed ones, then unsigned ones. */
const signed = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'];
const unsigned = ['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT'];
/** Types, and the ones that hold all their values. */
const wider: Readonly<Record<string, readonly string[]>> = {
  ...{ FLOAT: ['DOUBLE'], DATE: ['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP WITH TIME ZONE'] },
  ...{ TIMESTAMP_S: ['TIMESTAMP_MS', 'TIMESTAMP'], TIMESTAMP_MS: ['TIMESTAMP'], TIME: ['TIME_NS'] },
  ...{ TIMESTAMP: ['TIMESTAMP WITH TIME ZONE'], 'TIMESTAMP WITH TIME ZONE': ['TIMESTAMP'] },
};

/** Whether every value of a type is one of the other. */
function keeps(from: DuckDBType, to: DuckDBType): boolean {
  if (to.kind === 'scalar' && to.name === 'VARCHAR') return true;
  if (from.kind === 'decimal' && to.kind === 'decimal') {
    return to.scale >= from.scale && to.precision - to.scale >= from.precision - from.scale;
  }
  if (from.kind !== 'scalar' || to.kind !== 'scalar') return false;
  if (from.name === '"NULL"') return true;
  const [size, ofTo] = [signed.indexOf(from.name), signed.indexOf(to.name)];
  if (size >= 0) return ofTo > size || (to.name === 'DOUBLE' && size < 3) || (to.name === 'FLOAT' && size < 2);
  const bits = unsigned.indexOf(from.name);
  if (bits >= 0) return ofTo > bits || unsigned.indexOf(to.name) > bits || (to.name === 'DOUBLE' && bits < 3);
  return wider[from.name]?.includes(to.name) ?? false;
}

function castTo(type: string): (item: string) => string {
  return (item) => `CAST(${item} AS ${type})`;
}

/** What no name begins with. */
function unusedPrefix(names: readonly string[]): string {
  let prefix = 'exact ';
  while (names.some((name) => name.toLowerCase().startsWith(prefix))) prefix = `exact ${prefix}`;
  return prefix;
}
