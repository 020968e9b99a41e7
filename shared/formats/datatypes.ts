// Type spellings of Aqueducts documents (`int64`, `list<int32>`, `timestamp<us,UTC>`) → DuckDB types. The spellings are
// those of its schema `Field`: lower case only, angle brackets, blanks around parts allowed.
import { failure, type SluiceError } from '../errors.ts';
import { printType, type DuckDBType, type Member } from '../sql/types.ts';
import { foreignNames } from './foreign-names.ts';

const names: Readonly<Record<string, string>> = {
  bool: 'BOOLEAN',
  boolean: 'BOOLEAN',
  int8: 'TINYINT',
  int16: 'SMALLINT',
  int32: 'INTEGER',
  int: 'INTEGER',
  integer: 'INTEGER',
  int64: 'BIGINT',
  long: 'BIGINT',
  uint8: 'UTINYINT',
  uint16: 'USMALLINT',
  uint32: 'UINTEGER',
  uint64: 'UBIGINT',
  float32: 'FLOAT',
  float: 'FLOAT',
  float64: 'DOUBLE',
  double: 'DOUBLE',
  string: 'VARCHAR',
  utf8: 'VARCHAR',
  large_string: 'VARCHAR',
  large_utf8: 'VARCHAR',
  binary: 'BLOB',
  large_binary: 'BLOB',
  date32: 'DATE',
  date: 'DATE',
  date64: 'DATE',
};

const parametrized = [
  ...['fixed_binary<N>', 'time32<ms>', 'time64<us>', 'timestamp<us>', 'timestamp<us,UTC>', 'duration<us>'],
  ...['decimal<p,s>', 'decimal256<p,s>', 'list<T>', 'large_list<T>', 'fixed_list<T,N>', 'struct<a:T,b:T>', 'map<K,V>'],
];

/**
 * The DuckDB type for a spelling, as DESCRIBE prints it. Where DuckDB has no equal it is the nearest: `date64` is DATE,
 * `duration` INTERVAL, `fixed_binary<N>` BLOB, `timestamp<unit,zone>` an instant with microseconds whose zone is not kept,
 * `decimal<p,-s>` DECIMAL(p+s,0); what it takes more than the spelling is refused by declared-limits.ts. Throws
 * `document.invalid` with near spellings, and `type.unsupported` for what DuckDB cannot hold: decimals of more than 38
 * digits and structs without fields.
 */
export function duckdbTypeOf(spelling: string): string {
  return printType(read(spelling.trim(), spelling));
}

const unitDigits: Readonly<Record<string, string>> = {
  ...{ s: 's', second: 's', ms: 'ms', millisecond: 'ms' },
  ...{ us: 'us', microsecond: 'us', ns: 'ns', nanosecond: 'ns' },
};

const timestamps: Readonly<Record<string, string>> = {
  ...{ s: 'TIMESTAMP_S', ms: 'TIMESTAMP_MS', us: 'TIMESTAMP', ns: 'TIMESTAMP_NS' },
};

function read(text: string, whole: string): DuckDBType {
  const name = Object.hasOwn(names, text) ? names[text] : undefined;
  if (name !== undefined) return scalar(name);
  const { word, parts } = partsOf(text);
  const [first = '', second = ''] = parts;
  const unit = Object.hasOwn(unitDigits, first) ? (unitDigits[first] ?? '') : '';
  switch (`${word} ${parts.length}`) {
    case 'fixed_binary 1':
      return isCount(first) ? scalar('BLOB') : refuse(text, whole);
    case 'time32 1':
      return unit === 's' || unit === 'ms' ? scalar('TIME') : refuse(text, whole);
    case 'time64 1':
      if (unit === 'us') return scalar('TIME');
      return unit === 'ns' ? scalar('TIME_NS') : refuse(text, whole);
    case 'timestamp 1':
      return unit ? scalar(timestamps[unit] ?? '') : refuse(text, whole);
    case 'timestamp 2':
      if (!unit || !second) return refuse(text, whole);
      if (text !== whole.trim() && !isUtc(second)) {
        throw unsupported(whole, `Within another type, a timestamp must be of UTC, and ${text} is not.`);
      }
      return scalar('TIMESTAMP WITH TIME ZONE');
    case 'duration 1':
      return unit ? scalar('INTERVAL') : refuse(text, whole);
    case 'decimal 2':
    case 'decimal256 2':
      return decimal(text, whole, first, second);
    case 'list 1':
    case 'large_list 1':
      return { kind: 'list', element: read(first, whole) };
    case 'fixed_list 2':
      if (!isCount(second) || Number(second) === 0) return refuse(text, whole);
      return { kind: 'array', element: read(first, whole), size: Number(second) };
    case 'map 2':
      return { kind: 'map', key: read(first, whole), value: read(second, whole) };
    default:
      return word === 'struct' ? struct(text, whole, parts) : refuse(text, whole);
  }
}

/** A spelling taken apart: `map<string,int32>` is the word `map` and two parts. Names of types have no parts and no word. */
export function partsOf(text: string): { readonly word: string; readonly parts: readonly string[] } {
  const [, word = '', inside = ''] = /^(\w+)\s*<(.*)>$/s.exec(text) ?? [];
  return { word, parts: split(inside) };
}

/** Whether a zone has the times of UTC all year. */
export function isUtc(zone: string): boolean {
  return /^(?:(?:etc\/)?(?:utc|gmt|uct|zulu|universal|greenwich|gmt[-+]?0)|z|[-+]00(?::?00)?)$/i.test(zone);
}

function scalar(name: string): DuckDBType {
  return { kind: 'scalar', name };
}

function decimal(text: string, whole: string, first: string, second: string): DuckDBType {
  if (!isCount(first) || !/^-?\d+$/.test(second)) return refuse(text, whole);
  // A negative scale counts zeros before the point.
  const scale = Math.max(Number(second), 0);
  const precision = Number(first) + Math.max(-Number(second), 0);
  if (precision > 38) throw unsupported(whole, `${text} has more digits than the 38 that DuckDB holds.`);
  if (precision === 0 || scale > precision) return refuse(text, whole);
  return { kind: 'decimal', precision, scale };
}

function struct(text: string, whole: string, parts: readonly string[]): DuckDBType {
  if (parts.length === 1 && parts[0] === '') throw unsupported(whole, 'DuckDB has no struct without fields.');
  const fields = parts.map((part): Member => {
    const colon = part.indexOf(':');
    const name = part.slice(0, colon).trim();
    if (colon < 0 || name === '') return refuse(text, whole);
    return { name, type: read(part.slice(colon + 1).trim(), whole) };
  });
  return { kind: 'struct', fields };
}

function isCount(text: string): boolean {
  return /^\d+$/.test(text);
}

/** The parts between commas that no inner brackets hold, without blanks around them. */
function split(inside: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let index = 0; index < inside.length; index++) {
    const char = inside[index];
    if (char === '<') depth += 1;
    if (char === '>') depth -= 1;
    if (char !== ',' || depth !== 0) continue;
    parts.push(inside.slice(start, index).trim());
    start = index + 1;
  }
  return [...parts, inside.slice(start).trim()];
}

function refuse(text: string, whole: string): never {
  const where = text === whole.trim() ? '' : ` in ${whole.trim()}`;
  throw failure('document.invalid', `"${text}"${where} is not a data type.`, { hint: hintFor(text) });
}

function unsupported(whole: string, message: string): SluiceError {
  return failure('type.unsupported', message, { hint: `Declare another type than ${whole.trim()}, such as string.` });
}

function hintFor(text: string): string {
  const word = /^\w*/.exec(text.toLowerCase())?.[0] ?? '';
  const forms = parametrized.filter((form) => form.startsWith(`${word}<`));
  if (forms.length > 0) return `It is written ${forms.join(' or ')}.`;
  if (Object.hasOwn(foreignNames, word)) return `Write ${foreignNames[word] ?? ''}.`;
  const known = [...Object.keys(names), ...parametrized];
  const near = known.filter((form) => sharedStart(word, form) >= 2);
  near.sort((left, right) => sharedStart(word, right) - sharedStart(word, left));
  return near.length > 0 ? `Did you mean ${near.slice(0, 3).join(', ')}?` : `Types are ${known.join(', ')}.`;
}

/** How many letters two words begin with alike. */
function sharedStart(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}
