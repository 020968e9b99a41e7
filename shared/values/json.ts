// Canonical values as JSON, byte for byte as `COPY … (FORMAT json)` of DuckDB v1.5.6 writes them. Integers and decimals
// are bare digits of any length, non-finite numbers the bare tokens NaN, Infinity and -Infinity, which JSON itself lacks.
// Where we differ on purpose: DuckDB writes a DECIMAL(n,n) of more than 15 digits as `.12`, which is not JSON; we write
// `0.12`. UNION and unnamed STRUCT, which reach us as text, are strings here.
import type { DuckDBType } from '../sql/types.ts';
import type { Value } from './codec.ts';
import { jsonNumber } from './numbers.ts';
import { displayText } from './text.ts';

/** The JSON text of a value of a type. */
export function jsonOf(value: Value, type: DuckDBType): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'scalar':
      return scalarJson(value, type.name);
    case 'decimal':
      return decimalJson(bare(value), type.precision);
    case 'list':
    case 'array':
      return `[${(value as readonly Value[]).map((item) => jsonOf(item, type.element)).join(',')}]`;
    case 'struct': {
      const struct = value as Readonly<Record<string, Value>>;
      return `{${type.fields.map(({ name, type }) => `${jsonText(name)}:${jsonOf(struct[name] ?? null, type)}`).join(',')}}`;
    }
    case 'map': {
      const entries = value as readonly { readonly key: Value; readonly value: Value }[];
      const pairs = entries.map(
        (entry) => `${jsonText(displayText(entry.key, type.key))}:${jsonOf(entry.value, type.value)}`,
      );
      return `{${pairs.join(',')}}`;
    }
    case 'enum':
    case 'tuple':
    case 'union':
      return jsonText(bare(value));
  }
}

/** A JSON string with DuckDB's escapes: control characters only, their digits in upper case. */
export function jsonText(text: string): string {
  const json = JSON.stringify(text);
  return /[\v\x0e-\x1f]/.test(text) ? json.replaceAll(/\\.(?:00[01][0-9a-f])?/g, upperDigits) : json;
}

function upperDigits(escape: string): string {
  return escape.startsWith('\\u') ? `\\u${escape.slice(2).toUpperCase()}` : escape;
}

/** A value that is no list or object, as it is. */
function bare(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function scalarJson(value: Value, name: string): string {
  if (typeof value === 'boolean') return bare(value);
  switch (name) {
    case 'FLOAT':
      return typeof value === 'number' ? jsonNumber(Math.fround(value)) : bare(value);
    case 'DOUBLE':
      return typeof value === 'number' ? jsonNumber(value) : bare(value);
    case 'BIGINT':
    case 'UBIGINT':
    case 'HUGEINT':
    case 'UHUGEINT':
    case 'BIGNUM':
      return bare(value);
    case 'JSON':
      return compactJson(bare(value));
    default:
      return typeof value === 'number' ? bare(value) : jsonText(bare(value));
  }
}

/** Up to 15 digits DuckDB writes a decimal as the number it equals; beyond, digit by digit. */
function decimalJson(text: string, precision: number): string {
  return precision <= 15 ? jsonNumber(Number(text)) : text.replace(/^(-?)\./, '$10.');
}

/** JSON text without blanks, its strings and numbers as DuckDB writes them. */
function compactJson(text: string): string {
  return text.replaceAll(/\s+|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    if (token.startsWith('"')) return jsonText(JSON.parse(token) as string);
    if (/^\s/.test(token)) return '';
    if (/^-?\d+$/.test(token)) return String(BigInt(token));
    return Number.isFinite(Number(token)) ? jsonNumber(Number(token)) : token;
  });
}
