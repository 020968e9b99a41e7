import { expect, it } from 'vitest';
import { callsIn } from './functions.ts';

it.each([
  ['SELECT json_extract(a, b) FROM t', ['json_extract']],
  ['SELECT "Json_Extract" (a)', ['json_extract']],
  ["SELECT 'f(x)', -- g(y)\n h(z)", ['h']],
  ['SELECT a.upper(), list.transform(x -> f(x))', ['upper', 'transform', 'f']],
  ['WITH t(a) AS (SELECT 1), u(b) AS MATERIALIZED (SELECT f(1)) SELECT * FROM t, u', ['as', 'materialized', 'f']],
  ['SELECT f(1) AS g', ['f']],
  ["SELECT * FROM read_json('a.json')", ['read_json']],
])('%s calls %j', (sql, names) => {
  expect(callsIn(sql).map(({ name }) => name)).toEqual(names);
});

it('tells where a name stands', () => {
  expect(callsIn('SELECT /* ü */ f(1)')).toEqual([{ name: 'f', offset: 15 }]);
});
