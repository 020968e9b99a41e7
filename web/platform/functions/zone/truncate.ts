// date_trunc, and what counts from one moment to another: date_diff (how often a part begins anew between them) and
// date_sub (how many whole parts lie between them), as DuckDB's icu extension does in UTC.
import {
  addMonths,
  civilOf,
  dayOf,
  isInfinite,
  isoWeek,
  isoWeekday,
  join,
  microsPerDay,
  modulo,
  split,
} from './calendar.ts';
import type { Part } from './parts.ts';

/** The beginning of the part that a moment lies in. */
export function truncate(part: Part, moment: bigint): bigint {
  if (isInfinite(moment)) return moment;
  const { day, micro } = split(moment);
  const { year, month } = civilOf(day);
  switch (part) {
    case 'millennium':
      return join(dayOf(roundYear(year, 1000), 1, 1), 0);
    case 'century':
      return join(dayOf(roundYear(year, 100), 1, 1), 0);
    case 'decade':
      return join(dayOf(roundYear(year, 10), 1, 1), 0);
    case 'year':
      return join(dayOf(year, 1, 1), 0);
    case 'quarter':
      return join(dayOf(year, month - ((month - 1) % 3), 1), 0);
    case 'month':
      return join(dayOf(year, month, 1), 0);
    case 'week':
    case 'yearweek':
      return join(day - isoWeekday(day) + 1, 0);
    case 'isoyear':
      return join(day - isoWeekday(day) + 1 - 7 * (isoWeek(day).week - 1), 0);
    case 'day':
    case 'dow':
    case 'isodow':
    case 'doy':
    case 'julian':
      return join(day, 0);
    case 'hour':
    case 'minute':
    case 'second':
    case 'epoch':
    case 'millisecond':
    case 'microsecond':
      return join(day, micro - modulo(micro, micros(part)));
    case 'era':
      return join(dayOf(year > 0 ? 0 : 1, 1, 1), 0);
    case 'timezone':
    case 'timezone_hour':
    case 'timezone_minute':
      throw new Error('Specifier type not implemented for ICU DATETRUNC');
  }
}

/** 2024 to 2000 for a century. Years before year 1 are counted back from it, and the first of them from year 0. */
function roundYear(year: number, width: number): number {
  const ofEra = year > 0 ? year : 1 - year;
  const rounded = ofEra - (ofEra % width);
  return year > 0 ? rounded : 1 - rounded;
}

function micros(part: 'hour' | 'minute' | 'second' | 'epoch' | 'millisecond' | 'microsecond'): number {
  switch (part) {
    case 'hour':
      return 3_600_000_000;
    case 'minute':
      return 60_000_000;
    case 'second':
    case 'epoch':
      return 1_000_000;
    case 'millisecond':
      return 1000;
    case 'microsecond':
      return 1;
  }
}

/** Null where one of them is infinite. */
export function difference(part: Part, from: bigint, to: bigint): bigint | null {
  if (isInfinite(from) || isInfinite(to)) return null;
  if (part === 'era') return BigInt(Number(isCommon(to)) - Number(isCommon(from)));
  const unit = part === 'week' ? 'day' : part; // ICU's weeks are seven days, whatever they begin with
  return wholeParts(part, truncate(unit, from), truncate(unit, to));
}

/** Null where one of them is infinite. */
export function wholeParts(part: Part, from: bigint, to: bigint): bigint | null {
  if (isInfinite(from) || isInfinite(to)) return null;
  switch (part) {
    case 'millennium':
      return wholeMonths(from, to) / 12_000n;
    case 'century':
      return wholeMonths(from, to) / 1200n;
    case 'decade':
      return wholeMonths(from, to) / 120n;
    case 'year':
      return wholeMonths(from, to) / 12n;
    case 'quarter':
      return wholeMonths(from, to) / 3n;
    case 'month':
      return wholeMonths(from, to);
    case 'week':
    case 'yearweek':
      return (to - from) / BigInt(7 * microsPerDay);
    case 'isoyear':
      return wholeIsoYears(from, to);
    case 'day':
    case 'dow':
    case 'isodow':
    case 'doy':
    case 'julian':
      return (to - from) / BigInt(microsPerDay);
    case 'era':
    case 'timezone':
    case 'timezone_hour':
    case 'timezone_minute':
      throw new Error(`date_sub does not know the part ${part}.`);
    default:
      return (to - from) / BigInt(micros(part));
  }
}

/** How many months can be added to a moment, or taken from it, without passing the other. */
function wholeMonths(from: bigint, to: bigint): bigint {
  const [first, last] = [split(from), split(to)];
  const [one, other] = [civilOf(first.day), civilOf(last.day)];
  const months = (other.year - one.year) * 12 + other.month - one.month;
  const reached = join(addMonths(first.day, months), first.micro);
  if (from <= to) return BigInt(reached > to ? months - 1 : months);
  return BigInt(reached < to ? months + 1 : months);
}

/** How many ISO years, with week and weekday as they are, can be added or taken without passing the other moment. */
function wholeIsoYears(from: bigint, to: bigint): bigint {
  const [{ day, micro }, last] = [split(from), split(to)];
  const { year, week } = isoWeek(day);
  const after = (years: number): bigint => {
    const january4 = dayOf(year + years, 1, 4); // always in week 1
    return join(january4 - isoWeekday(january4) + isoWeekday(day) + 7 * (week - 1), micro);
  };
  const step = from <= to ? -1 : 1;
  let years = isoWeek(last.day).year - year - step;
  while (step < 0 ? after(years) > to : after(years) < to) years += step;
  return BigInt(years);
}

/** Whether a moment lies in year 1 or later. */
function isCommon(moment: bigint): boolean {
  return civilOf(split(moment).day).year > 0;
}
