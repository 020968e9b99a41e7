// Moments and intervals: +, -, age, ranges and time_bucket, as DuckDB's icu extension does in UTC. An interval's
// microseconds are added first, then its months, then its days.
import type { Interval } from '../extension/vectors.ts';
import {
  addMonths,
  civilOf,
  dayOf,
  daysInMonth,
  inRange,
  isInfinite,
  join,
  microsPerDay,
  modulo,
  split,
} from './calendar.ts';

export function add(moment: bigint, { months, days, micros }: Interval): bigint {
  if (isInfinite(moment)) return moment;
  const { day, micro } = split(inRange(moment + micros));
  return join(addMonths(day, months) + days, micro);
}

export function subtract(moment: bigint, { months, days, micros }: Interval): bigint {
  return add(moment, { months: -months, days: -days, micros: -micros });
}

/** In days and microseconds. */
export function between(from: bigint, to: bigint): Interval {
  if (isInfinite(from) || isInfinite(to)) throw new Error('Cannot subtract infinite timestamps');
  const days = (to - from) / BigInt(microsPerDay);
  return { months: 0, days: Number(days), micros: (to - from) % BigInt(microsPerDay) };
}

/** Field by field, as one says an age: days that are lacking are borrowed from the month of the earlier moment. */
export function age(to: bigint, from: bigint): Interval {
  if (isInfinite(from) || isInfinite(to)) throw new Error('Cannot subtract infinite timestamps');
  if (from > to) {
    const { months, days, micros } = age(from, to);
    return { months: -months, days: -days, micros: -micros };
  }
  const [first, last] = [split(from), split(to)];
  const [born, now] = [civilOf(first.day), civilOf(last.day)];
  let micros = last.micro - first.micro;
  let days = now.day - born.day;
  let months = (now.year - born.year) * 12 + now.month - born.month;
  if (micros < 0) {
    micros += microsPerDay;
    days--;
  }
  if (days < 0) {
    days += daysInMonth(born.year, born.month);
    months--;
  }
  return { months, days, micros: BigInt(micros) };
}

/** All moments from one to another, which is one of them where `inclusive`. */
export function range(from: bigint, to: bigint, step: Interval, inclusive: boolean): bigint[] {
  if (isInfinite(from) || isInfinite(to)) throw new Error('Interval infinite bounds not supported');
  const signs = [step.months, step.days, Number(step.micros)].map(Math.sign);
  if (signs.includes(1) && signs.includes(-1)) {
    throw new Error('Interval with mix of negative/positive entries not supported');
  }
  const isForward = signs.includes(1);
  if (!isForward && !signs.includes(-1)) return [];
  const moments: bigint[] = [];
  const isWithin = (moment: bigint): boolean => (isForward ? moment < to : moment > to) || (inclusive && moment === to);
  for (let moment = from; isWithin(moment); moment = add(moment, step)) {
    moments.push(moment);
    if (moments.length > longestRange) throw new Error('Lists larger than 2^32 elements are not supported');
  }
  return moments;
}

/** Elements of a list of moments: beyond it DuckDB would be out of memory anyway. */
const longestRange = 2 ** 26;

/** Buckets are counted from 2000-01-03, a Monday, and those of months from 2000-01-01. */
export const origin = 10_959n * BigInt(microsPerDay);
const originOfMonths = 10_957n * BigInt(microsPerDay);

/** The beginning of the bucket that a moment lies in. */
export function bucket({ months, days, micros }: Interval, moment: bigint, start?: bigint): bigint {
  if (isInfinite(moment)) return moment;
  if (months !== 0) {
    if (days !== 0 || micros !== 0n) throw new Error('Month intervals cannot have day or time component');
    return monthBucket(months, moment, start ?? originOfMonths);
  }
  const width = BigInt(days) * BigInt(microsPerDay) + micros;
  if (width <= 0n) throw new Error(width === 0n ? "Can't bucket using zero days" : 'Period must be greater than 0');
  const from = start ?? origin;
  return moment - ((((moment - from) % width) + width) % width);
}

/** Always the first of a month. */
function monthBucket(months: number, moment: bigint, start: bigint): bigint {
  if (months < 0) throw new Error('Period must be greater than 0');
  const [from, at] = [civilOf(split(start).day), civilOf(split(moment).day)];
  const elapsed = (at.year - from.year) * 12 + at.month - from.month;
  return join(dayOf(from.year, from.month + elapsed - modulo(elapsed, months), 1), 0);
}
