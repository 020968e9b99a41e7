// Dates and times as DuckDB's own VARCHAR casts print them (v1.5.6): proleptic Gregorian calendar, years before 1 as
// `0044-03-15 (BC)`, fractions without trailing zeros, infinities by name. Infinity is the largest value of the type.

const int64Max = 2n ** 63n - 1n;

/** Days since 1970-01-01, a 32-bit integer. */
export function dateText(days: number): string {
  if (days === 0x7fffffff) return 'infinity';
  return days === -0x7fffffff ? '-infinity' : dayText(days);
}

/** Units since midnight, where a second has 10 ** digits of them. `24:00:00` is a time, too. */
export function timeText(units: bigint, digits: number): string {
  const perSecond = 10 ** digits;
  const value = Number(units); // at most 86,400 × 10⁹: exact
  return clockText(Math.floor(value / perSecond), value % perSecond, digits);
}

/** Units since 1970-01-01 00:00:00, where a second has 10 ** digits of them. */
export function timestampText(units: bigint, digits: number): string {
  if (units === int64Max) return 'infinity';
  if (units === -int64Max) return '-infinity';
  const [seconds, fraction] = divide(units, digits);
  const days = Math.floor(seconds / 86_400);
  return `${dayText(days)} ${clockText(seconds - days * 86_400, fraction, digits)}`;
}

/** Whole seconds, rounded down, and the rest in units. */
function divide(units: bigint, digits: number): [number, number] {
  const value = Number(units);
  const perSecond = 10 ** digits;
  if (Number.isSafeInteger(value)) {
    const seconds = Math.floor(value / perSecond);
    return [seconds, value - seconds * perSecond];
  }
  const big = BigInt(perSecond);
  const rest = ((units % big) + big) % big;
  return [Number((units - rest) / big), Number(rest)];
}

function clockText(seconds: number, fraction: number, digits: number): string {
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const clock = `${two(hour)}:${two(minute)}:${two(seconds % 60)}`;
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(digits, '0').replace(/0+$/, '')}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

let lastDay: readonly [days: number, text: string] = [0, '1970-01-01'];

/** Rows that follow each other are often of one day. */
function dayText(days: number): string {
  if (days !== lastDay[0]) lastDay = [days, civilText(days)];
  return lastDay[1];
}

function civilText(days: number): string {
  const { year, month, day } = civilOf(days);
  const monthAndDay = `${two(month)}-${two(day)}`;
  if (year > 0) return `${String(year).padStart(4, '0')}-${monthAndDay}`;
  return `${String(1 - year).padStart(4, '0')}-${monthAndDay} (BC)`;
}

/** Year 0 is the one before year 1. Months and days count from 1. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * The date so many days after 1970-01-01. Counted in eras of 400 years, of 146,097 days each, in years that begin in
 * March, so that leap days come last.
 */
export function civilOf(days: number): Civil {
  const shifted = days + 719_468; // days since 0000-03-01
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}
