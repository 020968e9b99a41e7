// Moments in UTC by the proleptic Gregorian calendar, exact over all that a TIMESTAMP can be. A moment is DuckDB's:
// microseconds since 1970 as a 64-bit integer, of which the largest and its negative are the infinities.
import { civilOf } from '../../../../shared/values/calendar.ts';

export { civilOf };

export const microsPerDay = 86_400_000_000;
const microsPerDayBig = BigInt(microsPerDay);
export const infinity = 2n ** 63n - 1n;

export function isInfinite(moment: bigint): boolean {
  return moment === infinity || moment === -infinity;
}

/** A moment as whole days since 1970 and the microseconds since midnight. */
export interface Split {
  readonly day: number;
  readonly micro: number;
}

export function split(moment: bigint): Split {
  const value = Number(moment);
  if (Number.isSafeInteger(value)) {
    const day = Math.floor(value / microsPerDay);
    return { day, micro: value - day * microsPerDay };
  }
  const micro = ((moment % microsPerDayBig) + microsPerDayBig) % microsPerDayBig;
  return { day: Number((moment - micro) / microsPerDayBig), micro: Number(micro) };
}

/** Fails where no TIMESTAMP can be. `micro` may be of another day. */
export function join(day: number, micro: number | bigint): bigint {
  return inRange(BigInt(day) * microsPerDayBig + BigInt(micro));
}

/** The moment, where a TIMESTAMP can be it. */
export function inRange(moment: bigint): bigint {
  if (moment >= infinity || moment <= -infinity) throw new Error('ICU date overflows timestamp range');
  return moment;
}

/** Months and days beyond their range count on into the next year or month. */
export function dayOf(year: number, month: number, day: number): number {
  const fromMarch = month - 3;
  const shifted = year + Math.floor(fromMarch / 12);
  const monthOfYear = fromMarch - 12 * Math.floor(fromMarch / 12);
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leapDays + Math.floor((153 * monthOfYear + 2) / 5) + day - 1 - 719_468;
}

export function daysInMonth(year: number, month: number): number {
  return dayOf(year, month + 1, 1) - dayOf(year, month, 1);
}

/** The day some months later, or the last one of that month where it is shorter. */
export function addMonths(day: number, months: number): number {
  const civil = civilOf(day);
  const first = civilOf(dayOf(civil.year, civil.month + months, 1));
  return dayOf(first.year, first.month, Math.min(civil.day, daysInMonth(first.year, first.month)));
}

/** Monday is 1, Sunday 7. */
export function isoWeekday(day: number): number {
  return modulo(day + 3, 7) + 1;
}

/** ISO 8601: week 1 is the one with the year's first Thursday. */
export function isoWeek(day: number): { readonly year: number; readonly week: number } {
  const thursday = day - isoWeekday(day) + 4;
  const { year } = civilOf(thursday);
  return { year, week: Math.floor((thursday - dayOf(year, 1, 1)) / 7) + 1 };
}

export function dayOfYear(day: number): number {
  return day - dayOf(civilOf(day).year, 1, 1) + 1;
}

export function modulo(value: number, divisor: number): number {
  return value - divisor * Math.floor(value / divisor);
}
