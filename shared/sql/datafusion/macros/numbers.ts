// Numbers. DataFusion computes with doubles where DuckDB keeps whole numbers and decimals, and gives NaN and infinities
// where DuckDB fails; dividing a whole number by zero fails where DuckDB gives NULL.
import type { Macros } from './macro.ts';

/** `//` is what `/` becomes; DuckDB gives NULL for a divisor of zero. */
const divide = `system.main."//"(a, b)`;
const remainder = `system.main."%"(a, b)`;

/** What an operator gives when the divisor is zero: an error for whole numbers, else what IEEE 754 says. */
function whenZero(result: string, otherwise: string): string {
  return `CASE WHEN b = 0 AND a IS NOT NULL THEN
    CASE WHEN typeof(${result}) LIKE '%INT%' THEN error('Division by zero.') ELSE ${otherwise} END END`;
}

const double = (name: string): string => `(x) AS system.main.${name}(CAST(x AS DOUBLE))`;

/** Outside of a function's domain the result is NaN. */
const within = (name: string, outside: string): string =>
  `(x) AS CASE WHEN ${outside} THEN CAST('nan' AS DOUBLE) ELSE system.main.${name}(CAST(x AS DOUBLE)) END`;

const logarithm = (name: string): string =>
  `(x) AS CASE WHEN x > 0 THEN system.main.${name}(CAST(x AS DOUBLE)) WHEN x = 0 THEN CAST('-inf' AS DOUBLE)
    WHEN x < 0 THEN CAST('nan' AS DOUBLE) END`;

const power = `(a, b) AS CASE WHEN b < 0 AND typeof(a + b) LIKE '%INT%'
    THEN error('Whole numbers have no negative powers; make one of them a DOUBLE.')
    ELSE cast_to_type(system.main.pow(CAST(a AS DOUBLE), CAST(b AS DOUBLE)), a + b + CAST(0 AS BIGINT)) END`;

export const numberMacros: Macros = {
  '//': `(a, b) AS coalesce(${divide}, ${whenZero(divide, `a * cast_to_type('inf', ${divide})`)})`,
  '%': `(a, b) AS coalesce(${remainder}, ${whenZero(remainder, `cast_to_type('nan', ${remainder})`)})`,
  '^': '(a, b) AS xor(a, b)',
  acos: within('acos', 'abs(x) > 1'),
  acosh: within('acosh', 'x < 1'),
  asin: within('asin', 'abs(x) > 1'),
  atanh: within('atanh', 'abs(x) > 1'),
  sqrt: within('sqrt', 'x < 0'),
  ceil: double('ceil'),
  floor: double('floor'),
  round: `(x) AS system.main.round(CAST(x AS DOUBLE)),
    (x, digits) AS system.main.round(CAST(x AS DOUBLE), CAST(digits AS INTEGER))`,
  // With digits DataFusion 49 rounds, whatever the name says.
  trunc: `(x) AS system.main.trunc(CAST(x AS DOUBLE)),
    (x, digits) AS system.main.round(CAST(x AS DOUBLE), CAST(digits AS INTEGER))`,
  ln: logarithm('ln'),
  // By this quotient, so that log(1000.0) is 2.9999999999999996 there and here.
  log: '(x) AS system.main."/"(ln(x), ln(10)), (base, x) AS system.main."/"(ln(x), ln(base))',
  log10: logarithm('log10'),
  log2: logarithm('log2'),
  power,
  pow: power,
  signum: '(x) AS CAST(sign(x) AS DOUBLE)',
  factorial: '(x) AS CAST(system.main.factorial(greatest(CAST(x AS INTEGER), 0)) AS BIGINT)',
  gcd: '(a, b) AS CAST(system.main.gcd(a, b) AS BIGINT)',
  lcm: '(a, b) AS CAST(system.main.lcm(a, b) AS BIGINT)',
  median__: `(x) AS cast_to_type(CASE WHEN typeof(min(x)) LIKE '%INT%' THEN system.main.trunc(system.main.median(x))
    ELSE system.main.median(x) END, min(x))`,
  iszero: '(x) AS x = 0',
  nanvl: '(x, otherwise) AS CASE WHEN isnan(x) THEN otherwise ELSE x END',
  nvl: '(x, otherwise) AS coalesce(x, otherwise)',
  nvl2: '(x, present, absent) AS CASE WHEN x IS NULL THEN absent ELSE present END',
};
