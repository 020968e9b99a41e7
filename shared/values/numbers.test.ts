import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { decimalText, jsonNumber, numberText, shortestFloat } from './numbers.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

async function texts(values: readonly number[], type: string): Promise<[string, string][]> {
  const list = values.map((value) => `'${Object.is(value, -0) ? '-0' : value}'`).join(', ');
  const rows = await native.runAndReadAll(
    `SELECT v::VARCHAR, to_json(v)::VARCHAR FROM (SELECT unnest([${list}])::${type} AS v)`,
  );
  return rows.getRowsJson() as [string, string][];
}

const powers = Array.from({ length: 630 }, (_, index) => 1.2345678901234567 * 10 ** (index - 322)).filter(
  (value) => value > 0 && Number.isFinite(value),
);
const doubles = [...powers, 0, -0, 1, 0.1, 1e15, 1e16, 1e20, 1e21, 123456789012345680, 1e-4, 1e-5, 1e-6, 1e-7, 5e-324];

it('prints doubles as DuckDB does', async () => {
  const native = await texts(doubles, 'DOUBLE');
  expect(doubles.map((value) => [numberText(value), jsonNumber(value)])).toEqual(native);
});

it('finds the shortest decimal of a float', async () => {
  const floats = [0.1, 16777216, 3.4028235e38, 1e-45, 1.17549435e-38, 0.3, 1 / 3, 123456.7, 1e10, -2.5e-7].map(
    Math.fround,
  );
  const native = await texts(floats, 'FLOAT');
  expect(floats.map((value) => numberText(shortestFloat(value)))).toEqual(native.map(([text]) => text));
  for (const value of powers.map(Math.fround).filter(Number.isFinite)) {
    expect(Math.fround(shortestFloat(value))).toBe(value);
    expect(Number(shortestFloat(value).toPrecision(9))).toBe(shortestFloat(value));
  }
});

it.each([
  ['0', 4, 2, '0.00'],
  ['-5', 4, 2, '-0.05'],
  ['12', 2, 2, '.12'],
  ['-1', 2, 2, '-.01'],
  ['-7', 5, 0, '-7'],
  ['9007199254740993', 18, 3, '9007199254740.993'],
  ['-99999999999999999999999999999999999999', 38, 10, '-9999999999999999999999999999.9999999999'],
])('prints decimal %s with %i digits, %i behind the point', (unscaled, precision, scale, expected) => {
  const bits = BigInt.asUintN(128, BigInt(unscaled));
  const words = [0n, 32n, 64n, 96n].map((shift) => Number((bits >> shift) & 0xffffffffn));
  expect(decimalText(Uint32Array.from([1, ...words]), 1, 4, { precision, scale })).toBe(expected);
});
