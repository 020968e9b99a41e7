import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { dateText, timestampText, timeText } from './calendar.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

/** Pairs of a number and DuckDB's text for it, spread over the whole range. */
async function pairs(sql: string): Promise<[string, string][]> {
  const rows = await native.runAndReadAll(
    `SELECT i::VARCHAR, (${sql})::VARCHAR FROM (SELECT i::BIGINT AS i FROM numbers)`,
  );
  return rows.getRowsJson() as [string, string][];
}

/** Numbers from all over the range: multiples of a large odd step, and every unit around zero. */
async function spread(limit: number, count = 3000): Promise<void> {
  const step = Math.floor(limit / count) | 1;
  await native.run(`CREATE OR REPLACE TABLE numbers AS
    SELECT (i * ${step}::HUGEINT)::BIGINT AS i FROM range(-${count - 1}, ${count}) t(i) UNION ALL SELECT unnest(range(-1500, 1500))`);
}

it('prints dates as DuckDB does', async () => {
  await spread(2_147_000_000);
  const dates = await pairs("DATE '1970-01-01' + i::INTEGER");
  expect(dates.map(([days]) => dateText(Number(days)))).toEqual(dates.map(([, text]) => text));
});

it('prints timestamps as DuckDB does', async () => {
  await spread(9e18);
  const micros = await pairs('make_timestamp(i)');
  expect(micros.map(([units]) => timestampText(BigInt(units), 6))).toEqual(micros.map(([, text]) => text));
  const nanos = await pairs('make_timestamp_ns(i)');
  expect(nanos.map(([units]) => timestampText(BigInt(units), 9))).toEqual(nanos.map(([, text]) => text));
});

it('prints times as DuckDB does', async () => {
  await spread(86_399_999_999);
  const times = (await pairs("TIME '00:00:00' + to_microseconds(abs(i))")).map(([units, text]) => [
    timeText(BigInt(units.replace('-', '')), 6),
    text,
  ]);
  for (const [own, text] of times) expect(own).toBe(text);
  expect(timeText(86_400_000_000_000n, 9)).toBe('24:00:00');
});
