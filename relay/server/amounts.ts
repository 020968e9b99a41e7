// Amounts as they are written in flags.
import { failure, type SluiceError } from '../../shared/errors.ts';

/** A whole number from `least` to `most`. Fails with command.usage. */
export function wholeNumber(flag: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = /^\d{1,15}$/.test(text.trim()) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  const upTo = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  throw wrong(flag, text, `a whole number ${upTo}`);
}

const unitMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds; a number without a unit is seconds. Fails with command.usage. */
export function duration(flag: string, text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9})(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw wrong(flag, text, 'a duration such as 90s, 30m, 2h or 1d');
  return Number(amount) * (unitMilliseconds[unit] ?? 1000);
}

/** A size as DuckDB takes it. Fails with command.usage. */
export function size(flag: string, text: string): string {
  if (/^\d{1,9}(\.\d+)?\s?([KMGT]i?)?B$/i.test(text.trim())) return text.trim();
  throw wrong(flag, text, 'a size such as 500MB or 20GB');
}

export function wrong(flag: string, text: string, what: string): SluiceError {
  return failure('command.usage', `${flag} must be ${what}, not "${text}".`);
}
