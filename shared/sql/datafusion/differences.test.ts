import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { differences } from './differences.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();
await native.run('CREATE TABLE t (n BIGINT, m INTEGER, x DOUBLE, d DECIMAL(10, 2), s VARCHAR, l INTEGER[])');

const binds = async (sql: string): Promise<boolean> => {
  try {
    await native.prepare(sql);
    return true;
  } catch {
    return false;
  }
};

/** What stands at each difference that is told. */
async function told(query: string): Promise<string[]> {
  expect(await binds(query)).toBe(true);
  return (await differences(query, binds)).map(({ offset }) => query.slice(offset));
}

it.each([
  ['SELECT n / 2 FROM t', ['/ 2 FROM t']],
  ['SELECT n / 2.0, x / 2, d / n, n / x FROM t', []],
  ['SELECT sum(n) / count(*) AS a, avg(n) / 2 FROM t', ['/ count(*) AS a, avg(n) / 2 FROM t']],
  ['SELECT 1.0 * n / m, 100 * n / m FROM t', ['/ m FROM t']],
  ['SELECT s FROM t WHERE (n + 1) / -m > 3', ['/ -m > 3']],
  ['WITH c AS (SELECT n / m AS q FROM t) SELECT q FROM c', ['/ m AS q FROM t) SELECT q FROM c']],
  ["SELECT '1 / 2' /* 1 / 2 */, n // 2 FROM t", []],
  [
    "SELECT s ~ 'a', s ~ '^a$', s ~~ 'a%', s ~* s FROM t".replace(', s ~* s', ''),
    ["~ 'a', s ~ '^a$', s ~~ 'a%' FROM t"],
  ],
  ["SELECT s FROM t WHERE s SIMILAR TO 'a.*'", ["SIMILAR TO 'a.*'"]],
  [
    'SELECT x::INT, n::INT, s::INT, CAST(d AS BIGINT), CAST(m AS BIGINT) FROM t',
    [
      '::INT, n::INT, s::INT, CAST(d AS BIGINT), CAST(m AS BIGINT) FROM t',
      'CAST(d AS BIGINT), CAST(m AS BIGINT) FROM t',
    ],
  ],
  ['SELECT n FROM t ORDER BY n DESC', []],
  ['SELECT n FROM t ORDER BY n DESC LIMIT 3', ['DESC LIMIT 3']],
  ['SELECT n FROM t ORDER BY n DESC NULLS LAST LIMIT 3', []],
  ['SELECT s, count(*) AS c FROM t GROUP BY s ORDER BY c DESC LIMIT 3', []],
  ['SELECT s FROM t GROUP BY s ORDER BY count(*) DESC LIMIT 3', []],
  ['SELECT rank() OVER (PARTITION BY s ORDER BY n DESC) FROM t', ['DESC) FROM t']],
  ['SELECT array_agg(s ORDER BY n DESC) FROM t', ['DESC) FROM t']],
  ['SELECT * FROM (SELECT n FROM t ORDER BY n DESC) q', []],
  [
    'SELECT substr(s, -2), substr(s, 2), to_hex(n), trunc(x), trunc(x, 1) FROM t',
    [
      'substr(s, -2), substr(s, 2), to_hex(n), trunc(x), trunc(x, 1) FROM t',
      'to_hex(n), trunc(x), trunc(x, 1) FROM t',
      'trunc(x, 1) FROM t',
    ],
  ],
  ['SELECT 2 ^ 3', ['^ 3']],
  // These two were not told.
  [
    "SELECT s LIKE 'a\\_', s ILIKE 'b', s LIKE 'c\\_' ESCAPE '\\' FROM t",
    ["LIKE 'a\\_', s ILIKE 'b', s LIKE 'c\\_' ESCAPE '\\' FROM t"],
  ],
  [
    "SELECT regexp_replace(s, '(a)', '[$1]'), regexp_replace(s, '(a)', '\\1') FROM t",
    ["regexp_replace(s, '(a)', '[$1]'), regexp_replace(s, '(a)', '\\1') FROM t"],
  ],
])('%s', async (query, expected) => {
  expect(await told(query)).toEqual(expected);
});
