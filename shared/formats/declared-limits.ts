// What a declared type takes less than the DuckDB type that stands for it (see datatypes.ts): `time32<s>` has whole
// seconds where TIME has microseconds, and texts of `timestamp<us,Europe/Berlin>` without an offset are no time of UTC.
import { isUtc, partsOf } from './datatypes.ts';

/** What a column takes less than its type. */
export interface DeclaredLimit {
  /** The declared type, for people. */
  readonly type: string;
  /** SQL that is true of a value beyond the limit: over the value as it was read, and as it is in its DuckDB type. */
  readonly breaks: (item: string, value: string) => string;
}

/** Undefined where the DuckDB type has the values of the declared type and no others. */
export function limitOf(spelling: string): DeclaredLimit | undefined {
  const type = spelling.trim();
  const { word, parts } = partsOf(type);
  if (word === 'timestamp' && parts.length === 2 && !isUtc(parts[1] ?? '')) {
    return {
      type,
      breaks: (item, value) => `${value} IS NOT NULL AND NOT system.main.regexp_matches(${item}, '${offsetAtEnd}')`,
    };
  }
  const breaks = breaksOf(type);
  return breaks && { type, breaks: (_, value) => breaks(value) };
}

const offsetAtEnd = '[T ][0-9:.]+(?:Z|[-+][0-9]{2}(?::?[0-9]{2})?)$';

type Breaks = (value: string) => string;

function breaksOf(type: string): Breaks | undefined {
  const {
    word,
    parts: [first = '', second = ''],
  } = partsOf(type);
  switch (word) {
    case 'time32': {
      const step = first.startsWith('m') ? 1_000 : 1_000_000;
      return (value) => `system.main.date_part('microseconds', ${value}) % ${step} <> 0`;
    }
    case 'fixed_binary':
      return (value) => `system.main.octet_length(${value}) <> ${first}`;
    case 'decimal':
    case 'decimal256':
      if (!(Number(second) < 0)) return undefined;
      return (value) => `${value} % CAST('1${'0'.repeat(-Number(second))}' AS DECIMAL(38,0)) <> 0`;
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return someOf(breaksOf(first), (value) => value);
    case 'map':
      return either([
        someOf(breaksOf(first), (value) => `map_keys(${value})`),
        someOf(breaksOf(second), (value) => `map_values(${value})`),
      ]);
    case 'struct':
      return either(partsOf(type).parts.map((part, index) => ofField(part, index + 1)));
    default:
      return undefined;
  }
}

function someOf(breaks: Breaks | undefined, listOf: (value: string) => string): Breaks | undefined {
  return breaks && ((value) => `len(list_filter(${listOf(value)}, lambda element: ${breaks('element')})) > 0`);
}

/** `part` is such as `name: type`; fields count from 1. */
function ofField(part: string, index: number): Breaks | undefined {
  const breaks = breaksOf(part.slice(part.indexOf(':') + 1).trim());
  return breaks && ((value) => breaks(`struct_extract_at(${value}, ${index})`));
}

function either(parts: readonly (Breaks | undefined)[]): Breaks | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : (value) => `(${known.map((breaks) => breaks(value)).join(' OR ')})`;
}
