// Numbers as text: how DuckDB's VARCHAR casts and its JSON writer print them, and how Arrow holds decimals.

/** The number with the fewest digits that rounds to the same 32-bit float: 0.1, not 0.10000000149011612. */
export function shortestFloat(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value;
  const first = Math.abs(value) < 2 ** -126 ? 1 : 6; // below, floats hold fewer digits; above, never under six
  for (let digits = first; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}

/** A finite number as DuckDB's VARCHAR cast prints it: `1.0`, `0.0001`, `1e-05`, `1e+16`. */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 16))
    return withPoint(String(value).includes('e') ? fixed(value) : String(value));
  const sign = power < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** A finite number as DuckDB's JSON writer prints it: `1.0`, `0.000001`, `1e-7`, `1e21`. */
export function jsonNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value).replace('e+', 'e');
  return text.includes('e') ? text : withPoint(text);
}

/**
 * A decimal as DuckDB prints it: `1.50`, and `.12` where all digits are behind the point. Its unscaled integer lies in
 * `count` 32-bit words from `start`, lowest first, in two's complement.
 */
export function decimalText(
  words: Uint32Array,
  start: number,
  count: number,
  { precision, scale }: { readonly precision: number; readonly scale: number },
): string {
  const unscaled = integerText(words, start, count);
  if (scale === 0) return unscaled;
  const negative = unscaled.startsWith('-');
  const digits = (negative ? unscaled.slice(1) : unscaled).padStart(precision > scale ? scale + 1 : scale, '0');
  const point = digits.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function integerText(words: Uint32Array, start: number, count: number): string {
  const [lowest = 0, low = 0, high = 0, highest = 0] = [
    words[start],
    words[start + 1],
    words[start + 2],
    words[start + 3],
  ];
  // Most decimals fit a number: then no BigInt is made.
  if (count === 4 && high === 0 && highest === 0 && low < 2 ** 21) return String(low * 2 ** 32 + lowest);
  let value = 0n;
  for (let index = start + count - 1; index >= start; index--) value = (value << 32n) | BigInt(words[index] ?? 0);
  return String(BigInt.asIntN(count * 32, value));
}

function withPoint(text: string): string {
  return text.includes('.') ? text : `${text}.0`;
}

function fixed(value: number): string {
  return value.toFixed(20).replace(/0+$/, '');
}
