// Types as other systems spell them → as Aqueducts does (chapters 2 and 15 of its reference): `VARCHAR(20)`, `Utf8`,
// `STRUCT(a INTEGER)`, `Timestamp(Nanosecond, None)`, Delta's nested maps.
import { SluiceError } from '../errors.ts';
import { duckdbTypeOf } from './datatypes.ts';
import { foreignFamilies, foreignNames } from './foreign-names.ts';

/**
 * The spelling that Aqueducts has for a type, the same when it is one of its own; undefined when none is known. In a
 * Delta schema a bare `timestamp` is an instant.
 */
export function aqueductsType(spelling: string, isDelta = false): string | undefined {
  if (spelling.length > 1000) return undefined;
  if (isType(spelling)) return spelling;
  const found = read(spelling, isDelta);
  return found !== undefined && isType(found) ? found : undefined;
}

/** A type that is only beyond DuckDB is a type nevertheless. */
function isType(spelling: string): boolean {
  try {
    duckdbTypeOf(spelling);
    return true;
  } catch (thrown) {
    if (thrown instanceof SluiceError) return thrown.code === 'type.unsupported';
    throw thrown;
  }
}

function read(spelling: string, isDelta: boolean): string | undefined {
  const text = spelling.trim();
  const simple = text.toLowerCase().replace(/\s+/g, ' ');
  if (isDelta && simple === 'timestamp') return 'timestamp<us,UTC>';
  if (isType(simple)) return nested(text, isDelta) ?? simple;
  return Object.hasOwn(foreignNames, simple) ? foreignNames[simple] : nested(text, isDelta);
}

function nested(text: string, isDelta: boolean): string | undefined {
  const [, element, size] = /^(.+)\[(\d*)\]$/s.exec(text) ?? [];
  if (element !== undefined) return listOf(read(element, isDelta), size ?? '');
  const bracketed = /^([A-Za-z_][\w ]*?)\s*(?:<(.*)>|\((.*)\))(.*)$/s.exec(text);
  if (!bracketed) return undefined;
  const [, word = '', angled, round, rest = ''] = bracketed;
  const name = word.toLowerCase().replace(/\s+/g, ' ');
  const family = Object.hasOwn(foreignFamilies, name) ? foreignFamilies[name] : undefined;
  const parts = split(angled ?? round ?? '');
  // Aqueducts reads nothing behind the last bracket; SQL has words there.
  const zoned = /^\s*with time zone$/i.test(rest);
  if (!zoned && angled === undefined && rest.trim() !== '' && !/^\s*without time zone$/i.test(rest)) return undefined;
  return family === undefined ? undefined : familyOf(family, parts, zoned, isDelta);
}

function listOf(element: string | undefined, size: string): string | undefined {
  if (element === undefined) return undefined;
  return size === '' ? `list<${element}>` : `fixed_list<${element},${size}>`;
}

function familyOf(family: string, parts: readonly string[], zoned: boolean, isDelta: boolean): string | undefined {
  const [first = '', second] = parts;
  const inner = (part: string | undefined): string | undefined =>
    part === undefined ? undefined : read(part, isDelta);
  switch (family) {
    case 'string':
    case 'binary':
      return family;
    case 'decimal':
    case 'decimal256':
      return `${family}<${first},${second ?? '0'}>`;
    case 'timestamp':
      return timestampOf(first, zoned ? 'UTC' : second);
    case 'time':
      return `time64<${unitOf(first) === 'ns' ? 'ns' : 'us'}>`;
    case 'time32':
    case 'time64':
    case 'duration':
    case 'fixed_binary':
      return `${family}<${unitOf(first) ?? first}>`;
    case 'fixed_list':
      return listOf(inner(first), second ?? '');
    case 'struct':
      return structOf(parts, isDelta);
    default: {
      const types = parts.map(inner);
      return types.includes(undefined) ? undefined : `${family}<${types.join(',')}>`;
    }
  }
}

/** SQL counts the digits of a second, Arrow names the unit; a zone stands in `Some("…")`, or is `None`. */
function timestampOf(unit: string, zone: string | undefined): string | undefined {
  const known = unitOf(unit);
  const plain = zone?.replace(/^Some\((.*)\)$/s, '$1').replace(/^"(.*)"$/s, '$1');
  if (known === undefined) return undefined;
  return plain === undefined || /^none$/i.test(plain) ? `timestamp<${known}>` : `timestamp<${known},${plain}>`;
}

const units: Readonly<Record<string, string>> = {
  ...{ s: 's', second: 's', ms: 'ms', millisecond: 'ms', us: 'us', microsecond: 'us', ns: 'ns', nanosecond: 'ns' },
  ...{ '0': 's', '3': 'ms', '6': 'us', '9': 'ns' },
};

function unitOf(text: string): string | undefined {
  const unit = text.trim().toLowerCase();
  return Object.hasOwn(units, unit) ? units[unit] : undefined;
}

/** Fields are parted from their types by a colon, in SQL by a blank; a name may stand in quotes. */
function structOf(parts: readonly string[], isDelta: boolean): string | undefined {
  const fields = parts.map((part) => {
    const [, quoted, plain, type = ''] = /^(?:"([^":<>]+)"|([^\s:"]+))\s*(?::|\s)\s*(.+)$/s.exec(part) ?? [];
    const name = quoted ?? plain;
    const inner = read(type, isDelta);
    return name === undefined || inner === undefined ? undefined : `${name}:${inner}`;
  });
  return fields.includes(undefined) ? undefined : `struct<${fields.join(',')}>`;
}

/** The parts between commas that no inner brackets hold. */
function split(inside: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let index = 0; index < inside.length; index++) {
    const char = inside[index] ?? '';
    if ('<(['.includes(char)) depth += 1;
    if ('>)]'.includes(char)) depth -= 1;
    if (char !== ',' || depth !== 0) continue;
    parts.push(inside.slice(start, index).trim());
    start = index + 1;
  }
  return [...parts, inside.slice(start).trim()];
}

/** The spelling for a type that Delta's protocol writes as a map (its chapter "Schema Serialization Format"). */
export function deltaType(data: unknown): string | undefined {
  if (typeof data === 'string') return aqueductsType(data, true);
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, fields, elementType, keyType, valueType } = data as Readonly<Record<string, unknown>>;
  if (type === 'array') return listOf(deltaType(elementType), '');
  const [key, value] = [deltaType(keyType), deltaType(valueType)];
  if (type === 'map') return key === undefined || value === undefined ? undefined : `map<${key},${value}>`;
  if (type !== 'struct' || !Array.isArray(fields)) return undefined;
  const members = fields.map((field: unknown) => {
    const member = typeof field === 'object' && field !== null ? (field as Readonly<Record<string, unknown>>) : {};
    const inner = deltaType(member['type']);
    return typeof member['name'] === 'string' && inner !== undefined ? `${member['name']}:${inner}` : undefined;
  });
  return members.includes(undefined) ? undefined : `struct<${members.join(',')}>`;
}
