import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { createFunctionSchemas, searchPath } from '../dialect.ts';
import { macroDefinitions, macros } from './macros.ts';
import { supplyMacros } from './supply.ts';

const instance = await DuckDBInstance.create(':memory:');

async function open() {
  const native = await instance.connect();
  for (const statement of createFunctionSchemas) await native.run(statement);
  await native.run(searchPath('main', 'datafusion'));
  return native;
}

it('makes every macro after those that it stands on, whichever is asked for first', async () => {
  for (const names of [Object.keys(macroDefinitions), Object.keys(macroDefinitions).reverse()]) {
    const native = await open();
    await native.run('DROP SCHEMA datafusion CASCADE');
    await native.run('CREATE SCHEMA datafusion');
    const present = new Set<string>();
    for (const name of names) for (const statement of supplyMacros(name, present)) await native.run(statement);
    expect(present.size).toBe(macros.length);
  }
}, 30_000);

it('makes what a statement names, and nothing twice', () => {
  const present = new Set<string>();
  expect(supplyMacros('SELECT a FROM t', present)).toEqual([]);
  const made = supplyMacros("SELECT DATEPART('year', a) FROM t WHERE b // 2 > 1", present);
  expect(made.map((statement) => /datafusion\.("[^"]+")/.exec(statement)?.[1])).toEqual([
    '"date_part"',
    '"datepart"',
    '"//"',
  ]);
  expect(supplyMacros('SELECT a // 2', present)).toEqual([]);
});

it('has no macro that takes the place of DuckDB’s own inside another macro', () => {
  const own = new Set(Object.keys(macroDefinitions));
  for (const [name, definition] of Object.entries(macroDefinitions)) {
    const called = [...definition.matchAll(/(?<![.\w"])([a-z_0-9]+)\s*\(/g)].map((match) => match[1] ?? '');
    expect([name, called.includes(name)]).toEqual([name, false]);
    // An operator in a body would be the dialect's; these two are never meant.
    expect([name, /[^/]\/[^/]|~/.test(definition.replaceAll(/'[^']*'|"[^"]*"/g, ''))]).toEqual([name, false]);
    expect(own.has(name)).toBe(true);
  }
});
