// The parts of a moment: date_part, and the functions named after a part, as DuckDB's icu extension answers them in UTC.
// Names of parts are those of DuckDB's extract.
import { civilOf, dayOfYear, infinity, isInfinite, isoWeek, isoWeekday, split } from './calendar.ts';

export const partNames = {
  year: ['yr', 'y', 'years', 'yrs'],
  month: ['mon', 'months', 'mons'],
  day: ['days', 'd', 'dayofmonth'],
  decade: ['dec', 'decades', 'decs'],
  century: ['cent', 'centuries', 'c'],
  millennium: ['mil', 'millenniums', 'millennia', 'mils', 'millenium'],
  microsecond: ['microseconds', 'us', 'usec', 'usecs', 'usecond', 'useconds'],
  millisecond: ['milliseconds', 'ms', 'msec', 'msecs', 'msecond', 'mseconds'],
  second: ['sec', 'seconds', 'secs', 's'],
  minute: ['min', 'minutes', 'mins', 'm'],
  hour: ['hr', 'hours', 'hrs', 'h'],
  dow: ['dayofweek', 'weekday'],
  isodow: [],
  week: ['weeks', 'w', 'weekofyear'],
  doy: ['dayofyear'],
  quarter: ['quarters'],
  yearweek: [],
  isoyear: [],
  era: [],
  timezone: [],
  timezone_hour: [],
  timezone_minute: [],
  epoch: [],
  julian: ['jd'],
} as const;

export type Part = keyof typeof partNames;

const byName = new Map<string, Part>(
  Object.entries(partNames).flatMap(([part, others]) => [part, ...others].map((name) => [name, part as Part] as const)),
);

/** The part of this name, in any case. */
export function partOf(name: string): Part {
  const part = byName.get(name.toLowerCase());
  if (part === undefined) throw new Error(`extract specifier "${name}" not recognized`);
  return part;
}

/** The two parts that are DOUBLE; all others are BIGINT. */
export function isDouble(part: Part): boolean {
  return part === 'epoch' || part === 'julian';
}

/** A part's value, or null of an infinite moment. */
export function extract(part: Part, moment: bigint): number | null {
  if (isInfinite(moment)) return null;
  const { day, micro } = split(moment);
  switch (part) {
    case 'year':
      return yearOfEra(day);
    case 'month':
      return civilOf(day).month;
    case 'day':
      return civilOf(day).day;
    case 'decade':
      return Math.floor(yearOfEra(day) / 10);
    case 'century':
      return (Math.floor((yearOfEra(day) - 1) / 100) + 1) * era(day);
    case 'millennium':
      return (Math.floor((yearOfEra(day) - 1) / 1000) + 1) * era(day);
    case 'era':
      return Math.max(era(day), 0);
    case 'microsecond':
      return micro % 60_000_000;
    case 'millisecond':
      return Math.floor((micro % 60_000_000) / 1000);
    case 'second':
      return Math.floor((micro % 60_000_000) / 1_000_000);
    case 'minute':
      return Math.floor(micro / 60_000_000) % 60;
    case 'hour':
      return Math.floor(micro / 3_600_000_000);
    case 'dow':
      return isoWeekday(day) % 7;
    case 'isodow':
      return isoWeekday(day);
    case 'week':
      return isoWeek(day).week;
    case 'isoyear':
      return isoWeek(day).year;
    case 'yearweek': {
      const { year, week } = isoWeek(day);
      return year * 100 + (year > 0 ? week : -week);
    }
    case 'doy':
      return dayOfYear(day);
    case 'quarter':
      return Math.floor((civilOf(day).month + 2) / 3);
    case 'timezone':
    case 'timezone_hour':
    case 'timezone_minute':
      return 0;
    case 'epoch':
      // ICU counts milliseconds, and DuckDB adds what is left of one.
      return (day * 86_400_000 + Math.floor(micro / 1000)) / 1000 + (micro % 1000) / 1e6;
    case 'julian':
      return day + 2_440_588 + micro / 86_400_000_000;
  }
}

/** 44 is the year 44 of either era. */
function yearOfEra(day: number): number {
  const { year } = civilOf(day);
  return year > 0 ? year : 1 - year;
}

function era(day: number): 1 | -1 {
  return civilOf(day).year > 0 ? 1 : -1;
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November'],
  'December',
];

/** Of an ISO weekday. */
export function nameOfDay(isoWeekday: number): string {
  return days[isoWeekday - 1] ?? '';
}

export function nameOfMonth(month: number): string {
  return months[month - 1] ?? '';
}

/** DATE's own infinity: the largest 32-bit integer. */
const infiniteDay = 0x7fffffff;

export function toDate(moment: bigint): number {
  if (isInfinite(moment)) return moment === infinity ? infiniteDay : -infiniteDay;
  return split(moment).day;
}
