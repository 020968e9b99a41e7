import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { relayOnlyFunctions } from '../functions.generated.ts';
import { dialectFunctions, functionTable } from './functions.ts';
import { macroDefinitions } from './macros.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

/** Functions that are grammar in DuckDB and not in its list. */
const grammar = ['coalesce', 'grouping', 'map'];

it('calls only those functions DuckDB’s own that it has', async () => {
  const answer = await native.runAndReadAll('SELECT DISTINCT function_name FROM duckdb_functions()');
  const known = new Set(answer.getRows().map(([name]) => String(name)));
  const same = dialectFunctions().filter(({ support }) => support === 'same');
  const missing = same.filter(({ name }) => !known.has(name) && !grammar.includes(name));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

it('lists every function once of a kind, and every macro that has a name of DataFusion', () => {
  const all = dialectFunctions();
  expect(all.length).toBe(new Set(all.map(({ kind, name }) => `${kind} ${name}`)).size);
  const names = new Set(all.map(({ name }) => name));
  // Besides, there are operators, our own, and names that DuckDB has and that must keep their meaning or gain one.
  const others = Object.keys(macroDefinitions).filter((name) => /^\w+$/.test(name) && !name.endsWith('__'));
  expect(others.filter((name) => !names.has(name)).sort()).toEqual(['list_min', 'regexp_full_match']);
});

it('has no function that a plan would take for one that only a relay has', () => {
  const names = [...dialectFunctions().map(({ name }) => name), ...Object.keys(macroDefinitions)];
  expect(names.filter((name) => relayOnlyFunctions.has(name))).toEqual([]);
});

it('is what the documentation tells', async () => {
  const plain = (text: string): string => text.replaceAll(/ *\| */g, '|').replaceAll(/-+/g, '-');
  expect(plain(await readFile('docs/dialects.md', 'utf8'))).toContain(plain(functionTable()));
});
