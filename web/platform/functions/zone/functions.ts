// The functions on TIMESTAMP WITH TIME ZONE that DuckDB's icu extension has, for a session whose time zone is UTC, as
// that of every run is; and those that name a zone. Parts of a moment have a room of their own.
import { plain, type FunctionSet, type RowCall } from '../extension/functions.ts';
import type { Interval, Value } from '../extension/vectors.ts';
import { add, age, between, bucket, origin, range, subtract } from './arithmetic.ts';
import { dayOf, join, microsPerDay, split } from './calendar.ts';
import { print, readFormat, type Format } from './format.ts';
import { partFunctions } from './part-functions.ts';
import { partOf } from './parts.ts';
import { difference, truncate, wholeParts } from './truncate.ts';
import { timestampTz, timeTz } from './types.ts';
import { zoneOf, type Zone } from './zones.ts';

const fieldTypes = ['BIGINT', 'BIGINT', 'BIGINT', 'BIGINT', 'BIGINT'];

export const zoneFunctions: readonly FunctionSet[] = [
  ...partFunctions,
  one(['date_trunc', 'datetrunc'], ['VARCHAR', timestampTz], timestampTz, (part: string, at: bigint) =>
    truncate(partOf(part), at),
  ),
  one(
    ['date_diff', 'datediff'],
    ['VARCHAR', timestampTz, timestampTz],
    'BIGINT',
    (part: string, from: bigint, to: bigint) => difference(partOf(part), from, to),
  ),
  one(
    ['date_sub', 'datesub'],
    ['VARCHAR', timestampTz, timestampTz],
    'BIGINT',
    (part: string, from: bigint, to: bigint) => wholeParts(partOf(part), from, to),
  ),
  {
    names: ['+'],
    overloads: [
      plain([timestampTz, 'INTERVAL'], timestampTz, add),
      plain(['INTERVAL', timestampTz], timestampTz, (interval: Interval, at: bigint) => add(at, interval)),
    ],
  },
  {
    names: ['-'],
    overloads: [
      plain([timestampTz, 'INTERVAL'], timestampTz, subtract),
      plain([timestampTz, timestampTz], 'INTERVAL', (to: bigint, from: bigint) => between(from, to)),
    ],
  },
  {
    names: ['age'],
    overloads: [
      plain([timestampTz, timestampTz], 'INTERVAL', age),
      plain([timestampTz], 'INTERVAL', (at: bigint) => age(join(split(now()).day, 0), at)),
    ],
  },
  one(
    ['range'],
    [timestampTz, timestampTz, 'INTERVAL'],
    `${timestampTz}[]`,
    (from: bigint, to: bigint, step: Interval) => range(from, to, step, false),
  ),
  one(
    ['generate_series'],
    [timestampTz, timestampTz, 'INTERVAL'],
    `${timestampTz}[]`,
    (from: bigint, to: bigint, step: Interval) => range(from, to, step, true),
  ),
  {
    names: ['time_bucket'],
    overloads: [
      plain(['INTERVAL', timestampTz], timestampTz, (width: Interval, at: bigint) => bucket(width, at)),
      plain(['INTERVAL', timestampTz, timestampTz], timestampTz, bucket),
      plain(['INTERVAL', timestampTz, 'INTERVAL'], timestampTz, (width: Interval, at: bigint, offset: Interval) =>
        add(bucket(width, subtract(at, offset)), offset),
      ),
      plain(['INTERVAL', timestampTz, 'VARCHAR'], timestampTz, bucketInZone),
    ],
  },
  {
    names: ['strftime'],
    overloads: [
      plain([timestampTz, 'VARCHAR'], 'VARCHAR', (at: bigint, format: string) => print(formatOf(format), at)),
      // DuckDB leaves %Z empty where the format comes first.
      plain(['VARCHAR', timestampTz], 'VARCHAR', (format: string, at: bigint) => print(readFormat(format, ''), at)),
    ],
  },
  {
    names: ['make_timestamptz'],
    overloads: [
      plain(['BIGINT'], timestampTz, (micros: bigint) => micros),
      plain([...fieldTypes, 'DOUBLE'], timestampTz, make),
      plain([...fieldTypes, 'DOUBLE', 'VARCHAR'], timestampTz, makeInZone),
    ],
  },
  {
    names: ['timezone'],
    overloads: [
      plain(['VARCHAR', timestampTz], 'TIMESTAMP', (zone: string, at: bigint) => zoneOf(zone).toLocal(at)),
      plain(['VARCHAR', 'TIMESTAMP'], timestampTz, (zone: string, local: bigint) => zoneOf(zone).toMoment(local)),
      plain(['VARCHAR', timeTz], timeTz, (zone: string, time: bigint) => inZone(zoneOf(zone), time)),
    ],
  },
  {
    names: ['sluice_strptime_format'],
    overloads: [
      plain(['VARCHAR'], 'VARCHAR', (format: string) => withoutZone(format)),
      plain(['VARCHAR[]'], 'VARCHAR[]', (formats: readonly (string | null)[]) =>
        formats.map((format) => format && withoutZone(format)),
      ),
    ],
  },
  current(['current_date', 'today'], 'DATE', () => split(now()).day),
  current(['current_localtime'], 'TIME', () => timeOf(now())),
  current(['current_localtimestamp'], 'TIMESTAMP', now),
  current(['get_current_time'], timeTz, () => withOffset(timeOf(now()), 0)),
];

function one(names: readonly string[], parameters: readonly string[], returns: string, call: RowCall): FunctionSet {
  return { names, overloads: [plain(parameters, returns, call)] };
}

/** What is the same for the whole statement. */
function current(names: readonly string[], returns: string, value: () => Value): FunctionSet {
  const bind = (): { call: RowCall } => {
    const fixed = value();
    return { call: () => fixed };
  };
  return { names, overloads: [{ parameters: [], returns, bind }] };
}

function now(): bigint {
  return BigInt(Date.now()) * 1000n;
}

/** Buckets of days or months begin at midnight by the zone's clock; shorter ones are counted from its year 2000. */
function bucketInZone(width: Interval, at: bigint, name: string): bigint {
  const zone = zoneOf(name);
  if (width.months === 0 && width.days === 0) return bucket(width, at, zone.toMoment(origin));
  return zone.toMoment(bucket(width, zone.toLocal(at)));
}

const formats = new Map<string, Format>();

function formatOf(text: string): Format {
  let format = formats.get(text);
  if (!format) {
    if (formats.size >= 100) formats.clear();
    format = readFormat(text);
    formats.set(text, format);
  }
  return format;
}

function withoutZone(format: string): string {
  if (/(^|[^%])(%%)*%Z/.test(format)) {
    throw new Error('strptime with %Z, the name of a time zone, needs a relay: use an offset with %z here.');
  }
  return format;
}

type Fields = [year: bigint, month: bigint, day: bigint, hour: bigint, minute: bigint, second: number];

/** Fields beyond their range count on. Year -1 is the one before year 1, as is year 0. */
function make(...[year, month, day, hour, minute, second]: Fields): bigint {
  if (!Number.isFinite(second)) throw new Error(`The second ${second} is out of range.`);
  const fields = [year, month, day, hour, minute].map(Number);
  if (fields.some((field) => Math.abs(field) > 2 ** 31)) throw new Error('A field of the timestamp is out of range.');
  const [years = 0, months = 0, days = 0] = fields;
  const micros = (hour * 60n + minute) * 60_000_000n + BigInt(Math.round(second * 1e6));
  return join(dayOf(years < 0 ? years + 1 : years, months, days), micros);
}

function makeInZone(...fields: [...Fields, zone: string]): bigint {
  const [year, month, day, hour, minute, second, zone] = fields;
  return zoneOf(zone).toMoment(make(year, month, day, hour, minute, second));
}

/** TIMETZ is microseconds since midnight in 40 bits, then 24 bits that fall as the offset in seconds rises. */
const offsetBits = 24n;
const largestOffset = 15 * 3600 + 59 * 60 + 59;

function withOffset(micros: bigint, seconds: number): bigint {
  return (micros << offsetBits) | BigInt(largestOffset - seconds);
}

/** The same time of day by the zone's clock of now. */
function inZone(zone: Zone, time: bigint): bigint {
  const at = now();
  const offset = Number(zone.toLocal(at) - at) / 1e6;
  const old = largestOffset - Number(time & 0xffffffn);
  const day = BigInt(microsPerDay);
  const micros = ((time >> offsetBits) + BigInt(offset - old) * 1_000_000n) % day;
  return withOffset((micros + day) % day, offset);
}

function timeOf(moment: bigint): bigint {
  return BigInt(split(moment).micro);
}
