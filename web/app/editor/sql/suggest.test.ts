import { describe, expect, it } from 'vitest';
import { sqlFunctions } from './functions.ts';
import { sqlRegionAt } from './region.ts';
import { suggestInSql } from './suggest.ts';

const relations = [
  {
    name: 'orders',
    columns: [
      { name: 'id', type: 'BIGINT' },
      { name: 'placed at', type: 'DATE' },
    ],
  },
  {
    name: 'customers',
    columns: [
      { name: 'id', type: 'BIGINT' },
      { name: 'city', type: 'VARCHAR' },
    ],
  },
  { name: 'order', columns: [{ name: 'group', type: 'VARCHAR' }] },
];
const functions = await sqlFunctions();

/** A document with a query in its second group; `¦` is the cursor. */
function documentOf(query: string): string {
  return `sources:
  - {type: file, name: orders}
  - {type: file, name: customers}
stages:
  - - name: order
      query: SELECT 1
  - - name: beside
      query: SELECT 2
    - name: here
      query: |
        ${query}
  - - name: later
      query: SELECT 3
`;
}

function ask(marked: string, syntax: 'yaml' | 'json' | 'toml' = 'yaml') {
  const cursor = marked.indexOf('¦');
  const region = sqlRegionAt(marked.replace('¦', ''), cursor, syntax);
  return region && suggestInSql(region, relations, functions.values());
}

/** Labels of a kind. */
function offered(query: string, ...kinds: string[]): readonly string[] {
  const found = ask(documentOf(query))?.suggestions ?? [];
  return found.filter(({ kind }) => kinds.includes(kind)).map(({ label }) => label);
}

describe('what SQL is offered', () => {
  it('relations after FROM: sources, and stages of groups before', () => {
    expect(offered('SELECT * FROM ¦', 'class')).toEqual(['orders', 'customers', 'order']);
    expect(offered('SELECT * FROM orders JOIN cu¦', 'class')).toEqual(['orders', 'customers', 'order']);
    expect(offered('SELECT * FROM orders, ¦', 'class')).toEqual(['orders', 'customers', 'order']);
    expect(offered('WITH big AS (SELECT 1) SELECT * FROM ¦', 'class')).toEqual(['big', 'orders', 'customers', 'order']);
    expect(offered('SELECT * FROM ¦', 'property')).toEqual([]);
  });

  it('columns of the relations that the query reads', () => {
    expect(offered('SELECT ¦ FROM customers', 'property')).toEqual(['id', 'city']);
    expect(offered('FROM customers SELECT ¦', 'property')).toEqual(['id', 'city']);
    expect(offered('SELECT c.¦ FROM customers AS c, orders o', 'property')).toEqual(['id', 'city']);
    expect(offered('SELECT o.¦ FROM customers AS c, orders o WHERE', 'property')).toEqual(['id', 'placed at']);
    expect(offered('SELECT * FROM customers WHERE ¦', 'property')).toEqual(['id', 'city']);
    expect(offered('SELECT unknown.¦ FROM customers', 'property', 'keyword')).toEqual([]);
  });

  it('aliases where a column can stand', () => {
    expect(offered('SELECT ¦ FROM customers AS c JOIN orders o ON true', 'variable')).toEqual(['c', 'o']);
  });

  it('DuckDB’s own words, in the case that is typed', () => {
    expect(offered('¦', 'keyword')).toEqual(expect.arrayContaining(['FROM', 'QUALIFY', 'SUMMARIZE', 'GROUP BY ALL']));
    expect(offered('sel¦', 'keyword')).toEqual(expect.arrayContaining(['select', 'qualify']));
  });

  it('functions, with their brackets', () => {
    expect(offered('SELECT date_tr¦', 'function')).toEqual(
      expect.arrayContaining(['date_trunc', 'list_transform', 'sum']),
    );
    const found = ask(documentOf('SELECT date_tr¦'))?.suggestions.find(({ label }) => label === 'date_trunc');
    expect(found).toMatchObject({ detail: '(part, timestamp)', edit: { insert: 'date_trunc()', cursor: 11 } });
    expect(offered('SELECT * FROM ¦', 'function')).toContain('unnest');
    expect(offered('SELECT * FROM ¦', 'function')).not.toContain('sum');
  });

  it.each(["SELECT 'a¦b'", 'SELECT 1 -- a¦', 'SELECT /* ¦ */ 1', "SELECT 'a¦"])('nothing in %s', (query) => {
    expect(ask(documentOf(query))).toBeUndefined();
  });

  it('nothing elsewhere', () => {
    expect(ask('sources:\n  - name: SELECT ¦')).toBeUndefined();
  });
});

describe('names as they are written', () => {
  const insertOf = (text: string, label: string, syntax: 'yaml' | 'json' | 'toml' = 'yaml'): string | undefined =>
    ask(text, syntax)?.suggestions.find((each) => each.label === label)?.edit.insert;

  it('in quotes where they need them', () => {
    expect(insertOf(documentOf('SELECT * FROM ¦'), 'order')).toBe('"order"');
    expect(insertOf(documentOf('SELECT ¦ FROM orders'), 'placed at')).toBe('"placed at"');
    expect(insertOf(documentOf('SELECT ¦ FROM orders'), 'id')).toBe('id');
    expect(insertOf(documentOf('SELECT "pl¦" FROM orders'), 'placed at')).toBe('placed at');
  });

  it('escaped where the text around is in quotes', () => {
    const json = '{"sources": [{"name": "orders"}], "stages": [[{"name": "s", "query": "SELECT ¦ FROM orders"}]]}';
    expect(insertOf(json, 'placed at', 'json')).toBe('\\"placed at\\"');
    const basic = `[[sources]]\nname = "orders"\n[[stages]]\nquery = "SELECT ¦ FROM orders"\n`;
    expect(insertOf(basic, 'placed at', 'toml')).toBe('\\"placed at\\"');
    const table = 'stages = [[{ name = "s", query = """\nSELECT ¦\nFROM orders""" }]]\n[[sources]]\nname = "orders"\n';
    expect(insertOf(table, 'placed at', 'toml')).toBe('"placed at"');
  });
});

describe('conditions of checks', () => {
  it('see the columns of their own relation', () => {
    const text = 'sources:\n  - name: customers\n    checks:\n      - type: expression\n        expression: ci¦\n';
    const labels = ask(text)?.suggestions.filter(({ kind }) => kind === 'property' || kind === 'class');
    expect(labels?.map(({ label }) => label)).toEqual(['id', 'city']);
  });
});
