// Canonical values as text for people: what DuckDB's VARCHAR cast prints (v1.5.6), in UTC. One thing differs: DuckDB
// prints some FLOATs, 1 in 200 or fewer, with more digits than they need: 2502335.25, where we have 2502335.3.
import type { DuckDBType } from '../sql/types.ts';
import type { Value } from './codec.ts';
import { numberText } from './numbers.ts';

/** The text of a value of a type. NULL becomes `NULL`; who shows it tells it apart from a string. */
export function displayText(value: Value, type: DuckDBType): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return isFloating(type) ? numberText(value) : String(value);
  if (typeof value === 'string') return isFloating(type) ? nonFinite(value) : value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return type.kind === 'map' ? mapText(value, type) : listText(value, type);
  if (type.kind !== 'struct') return JSON.stringify(value);
  const struct = value as Readonly<Record<string, Value>>;
  const fields = type.fields.map(({ name, type }) => `${quoted(name)}: ${nestedText(struct[name] ?? null, type)}`);
  return `{${fields.join(', ')}}`;
}

function isFloating(type: DuckDBType): boolean {
  return type.kind === 'scalar' && (type.name === 'FLOAT' || type.name === 'DOUBLE');
}

function nonFinite(value: string): string {
  return value.replace('Infinity', 'inf').replace('NaN', 'nan');
}

function listText(values: readonly Value[], type: DuckDBType): string {
  const element = type.kind === 'list' || type.kind === 'array' ? type.element : type;
  const isJson = element.kind === 'scalar' && element.name === 'JSON'; // bare in lists only, as DuckDB has it
  return `[${values.map((value) => (isJson ? displayText : nestedText)(value, element)).join(', ')}]`;
}

function mapText(entries: readonly Value[], type: DuckDBType & { kind: 'map' }): string {
  const texts = (entries as readonly { readonly key: Value; readonly value: Value }[]).map(
    ({ key, value }) => `${nestedText(key, type.key)}=${nestedText(value, type.value)}`,
  );
  return `{${texts.join(', ')}}`;
}

/** A value inside another: quoted where it could be read as something else, and left bare where DuckDB does so. */
function nestedText(value: Value, type: DuckDBType): string {
  const text = displayText(value, type);
  const bare = type.kind === 'union' || type.kind === 'tuple' || (type.kind === 'scalar' && type.name === 'VARIANT');
  if (typeof value !== 'string' || bare) return text;
  const ambiguous = text === '' || /["'(),:=[\]{}]|^[ \t-\r]|[ \t-\r]$|^null$/i.test(text);
  return ambiguous ? quoted(text) : text;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
