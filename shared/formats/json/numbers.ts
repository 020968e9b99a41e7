// Numbers as they were typed → values of DuckDB's types, exactly or not at all.
import type { JsonNumber } from './value.ts';
import { isWrittenAsInteger } from './value.ts';

const [largest, smallest] = [2n ** 63n - 1n, -(2n ** 63n)];

/**
 * The 64-bit integer that a number is, also where it is written as `7.0` or `7e0`; undefined where it is none.
 */
export function exactInteger(number: number | JsonNumber): bigint | undefined {
  if (typeof number === 'number') return BigInt(number);
  const integer = isWrittenAsInteger(number.text) ? BigInt(number.text) : wholeOf(number.text);
  return integer !== undefined && integer <= largest && integer >= smallest ? integer : undefined;
}

/**
 * The double that a number is: one whose shortest decimal text has the same digits, or an integer that is equal. Every
 * number of up to 15 digits is one, unless its exponent is beyond those of doubles. Undefined where it would be rounded.
 */
export function exactDouble(number: number | JsonNumber): number | undefined {
  if (typeof number === 'number') return number;
  const { text } = number;
  const value = Number(text);
  if (text.length <= (text.includes('.') ? 16 : 15) && !hasExponent(text)) return value;
  if (!Number.isFinite(value)) return undefined;
  const [typed, kept] = [decimalOf(text), decimalOf(String(value))];
  if (typed.digits === kept.digits && (typed.digits === '' || typed.exponent === kept.exponent)) return value;
  const whole = typed.exponent >= 0 && typed.exponent < 400 ? wholeOf(text) : undefined;
  return whole !== undefined && whole === BigInt(value) ? value : undefined;
}

function hasExponent(text: string): boolean {
  return text.includes('e') || text.includes('E');
}

interface Decimal {
  /** Without zeros at its ends; empty for zero. */
  readonly digits: string;
  /** The value is `digits` × 10 ** `exponent`. */
  readonly exponent: number;
}

function decimalOf(text: string): Decimal {
  const [, whole = '', fraction = '', power = '0'] = /^-?(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return { digits, exponent: Number(power) - fraction.length + (all.length - digits.length) };
}

/** The integer that a decimal number is, unless it has a fraction or an endless row of zeros. */
function wholeOf(text: string): bigint | undefined {
  const { digits, exponent } = decimalOf(text);
  if (digits === '') return 0n;
  if (exponent < 0 || exponent > 400) return undefined;
  return BigInt(`${text.startsWith('-') ? '-' : ''}${digits}`) * 10n ** BigInt(exponent);
}
