// strftime for moments in UTC, by DuckDB's format specifiers.
import { civilOf, dayOfYear, infinity, isInfinite, isoWeek, isoWeekday, split } from './calendar.ts';
import { nameOfDay, nameOfMonth } from './parts.ts';

/** A format that has been read: its pieces, each of which writes a part of a moment. */
export type Format = readonly (string | ((fields: Fields) => string))[];

interface Fields {
  readonly day: number;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
}

const two = (value: number): string => String(value).padStart(2, '0');
const twelve = (hour: number): number => hour % 12 || 12;
/** Weeks of a year that begin on a weekday, 0 for Sunday; the days before the first are week 0. */
const weekFrom = (day: number, weekday: number): number =>
  Math.floor((dayOfYear(day) + 6 - ((isoWeekday(day) - weekday + 7) % 7)) / 7);

const specifiers: Readonly<Record<string, (fields: Fields) => string>> = {
  a: ({ day }) => nameOfDay(isoWeekday(day)).slice(0, 3),
  A: ({ day }) => nameOfDay(isoWeekday(day)),
  w: ({ day }) => String(isoWeekday(day) % 7),
  u: ({ day }) => String(isoWeekday(day)),
  d: ({ dayOfMonth }) => two(dayOfMonth),
  '-d': ({ dayOfMonth }) => String(dayOfMonth),
  b: ({ month }) => nameOfMonth(month).slice(0, 3),
  h: ({ month }) => nameOfMonth(month).slice(0, 3),
  B: ({ month }) => nameOfMonth(month),
  m: ({ month }) => two(month),
  '-m': ({ month }) => String(month),
  y: ({ year }) => two(Math.abs(year % 100)),
  '-y': ({ year }) => String(Math.abs(year % 100)),
  Y: ({ year }) => (year >= 0 && year <= 9999 ? String(year).padStart(4, '0') : String(year)),
  H: ({ hour }) => two(hour),
  '-H': ({ hour }) => String(hour),
  I: ({ hour }) => two(twelve(hour)),
  '-I': ({ hour }) => String(twelve(hour)),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  M: ({ minute }) => two(minute),
  '-M': ({ minute }) => String(minute),
  S: ({ second }) => two(second),
  '-S': ({ second }) => String(second),
  f: ({ micro }) => String(micro).padStart(6, '0'),
  g: ({ micro }) => String(Math.floor(micro / 1000)).padStart(3, '0'),
  n: ({ micro }) => `${String(micro).padStart(6, '0')}000`,
  z: () => '+00',
  j: ({ day }) => String(dayOfYear(day)).padStart(3, '0'),
  '-j': ({ day }) => String(dayOfYear(day)),
  U: ({ day }) => two(weekFrom(day, 0)),
  W: ({ day }) => two(weekFrom(day, 1)),
  V: ({ day }) => two(isoWeek(day).week),
  G: ({ day }) => String(isoWeek(day).year % 10_000).padStart(4, '0'),
};

const combined: Readonly<Record<string, string>> = { c: '%Y-%m-%d %H:%M:%S', x: '%Y-%m-%d', X: '%H:%M:%S' };

export function readFormat(text: string, zone = 'UTC'): Format {
  if (text === '') throw new Error('Failed to parse format specifier : Empty format string');
  const pieces: Format[number][] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter !== '%') {
      pieces.push(letter);
      continue;
    }
    const name = text.charAt(at + 1) === '-' ? text.slice(at + 1, at + 3) : text.charAt(at + 1);
    at += name.length;
    if (name === '') throw new Error(`Failed to parse format specifier ${text}: Trailing format character %`);
    const expanded = combined[name];
    if (name === '%') pieces.push('%');
    else if (name === 'Z') pieces.push(zone);
    else if (expanded !== undefined) pieces.push(...readFormat(expanded));
    else pieces.push(specifiers[name] ?? unknown(text, name));
  }
  return pieces;
}

function unknown(text: string, name: string): never {
  throw new Error(`Failed to parse format specifier ${text}: Unrecognized format for strftime/strptime: %${name}`);
}

export function print(format: Format, moment: bigint): string {
  if (isInfinite(moment)) return moment === infinity ? 'infinity' : '-infinity';
  const { day, micro } = split(moment);
  const { year, month, day: dayOfMonth } = civilOf(day);
  const seconds = Math.floor(micro / 1_000_000);
  const fields = {
    ...{ day, year, month, dayOfMonth },
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: micro % 1_000_000,
  };
  return format.map((piece) => (typeof piece === 'string' ? piece : piece(fields))).join('');
}
