// JSON's numbers as DuckDB tells them apart and prints them: integers of 64 bits keep their digits, what has a point or
// an exponent is a DOUBLE in its shortest form, what fits neither stays the text that it was (yyjson's RAW).

export type NumberKind = 'UBIGINT' | 'BIGINT' | 'DOUBLE' | 'RAW';

const largest = '18446744073709551615';
const smallest = '-9223372036854775808';

/** What a number's text, or NaN or Infinity, is taken for. */
export function kindOf(text: string): NumberKind {
  if (/^-?[0-9]+$/.test(text)) {
    const limit = text.startsWith('-') ? smallest : largest;
    const fits = text.length < limit.length || (text.length === limit.length && text <= limit);
    if (!fits) return 'RAW';
    return limit === smallest ? 'BIGINT' : 'UBIGINT';
  }
  return Number.isFinite(Number(text)) ? 'DOUBLE' : 'RAW';
}

/** The number's text as DuckDB prints it. */
export function printNumber(text: string): string {
  if (text === '-0') return '0';
  return kindOf(text) === 'DOUBLE' ? printDouble(Number(text)) : text;
}

/** JSON has no NaN and no Infinity; DuckDB writes them so all the same. */
export function printDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value).replace('e+', 'e');
  return /[.e]/.test(text) ? text : `${text}.0`;
}
