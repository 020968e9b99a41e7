import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { keywords } from './keywords.ts';
import { hasUnnamedStruct, parseType, printType } from './types.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

async function strings(sql: string): Promise<string[]> {
  const rows = await native.runAndReadAll(sql);
  return (rows.getRowsJson() as string[][]).flat();
}

describe('parseType and printType', () => {
  it('give back what DESCRIBE printed, for all types that DuckDB has', async () => {
    const types = await strings('SELECT column_type FROM (DESCRIBE FROM test_all_types())');
    expect(types.length).toBeGreaterThan(50);
    for (const type of types) expect(printType(parseType(type))).toBe(type);
  });

  it.each([
    `{'a': 1, 'b c': ['x'], 'Name': {'select': 1, 'A': NULL}, 'é': 1, 'x"y': 1}`,
    `MAP {[1]: {'t': '01:00'::TIMETZ}}`,
    `'it''s'::ENUM('it''s', '', '(,')`,
    `row('01:00+00'::TIMETZ, row(1, [2]))`,
    `{'a': 'POINT(1 2)'::GEOMETRY('OGC:CRS84'), 'b': 1::DECIMAL(38,0)}`,
    `sum(1.5) EXPORT_STATE`,
    `{'a': '1'::JSON, 'b': 1::VARIANT, 'c': 1::BIGNUM, 'd': '1'::TIME_NS[3][]}`.replace(
      "'1'::TIME_NS",
      '[NULL, NULL, NULL]::TIME_NS',
    ),
    `union_value("a b" := 1)::UNION("a b" INTEGER, c TIMESTAMPTZ[])`,
    'get_type(1)',
  ])('keep the type of %s', async (expression) => {
    const [type = ''] = await strings(`SELECT column_type FROM (DESCRIBE SELECT ${expression})`);
    expect(printType(parseType(type))).toBe(type);
    if (/^AGGREGATE|^TYPE$|^STRUCT\(TIME/.test(type)) return; // have no spelling in SQL
    expect(await strings(`SELECT column_type FROM (DESCRIBE SELECT NULL::${printType(parseType(type))})`)).toEqual([
      type,
    ]);
  });

  it('see the parts', () => {
    expect(parseType(`STRUCT("b ""c" DECIMAL(18,3)[], m MAP(VARCHAR, TIME WITH TIME ZONE[2]))`)).toEqual({
      kind: 'struct',
      fields: [
        { name: 'b "c', type: { kind: 'list', element: { kind: 'decimal', precision: 18, scale: 3 } } },
        {
          name: 'm',
          type: {
            kind: 'map',
            key: { kind: 'scalar', name: 'VARCHAR' },
            value: { kind: 'array', size: 2, element: { kind: 'scalar', name: 'TIME WITH TIME ZONE' } },
          },
        },
      ],
    });
    expect(parseType("ENUM('a', 'it''s')")).toEqual({ kind: 'enum', values: ['a', "it's"] });
    expect(parseType('STRUCT(INTEGER, VARCHAR)')).toMatchObject({ kind: 'tuple', elements: [{}, { name: 'VARCHAR' }] });
    expect(parseType('"NULL"')).toEqual({ kind: 'scalar', name: '"NULL"' });
  });

  it('keep what they do not understand', () => {
    for (const text of ['STRUCT(', 'DECIMAL(', 'a b ] c', '', 'ENUM()']) expect(printType(parseType(text))).toBe(text);
  });
});

it.each([
  ['STRUCT(INTEGER, VARCHAR)', true],
  ['MAP(VARCHAR, STRUCT(a STRUCT(INTEGER)[]))', true],
  ['STRUCT(a TIME WITH TIME ZONE)[]', false],
  ["ENUM('STRUCT(INTEGER)')", false],
])('%s has a struct without names: %s', (type, has) => {
  expect(hasUnnamedStruct(type)).toBe(has);
});

it('keywords are those of DuckDB', async () => {
  expect([...keywords].sort()).toEqual((await strings('SELECT DISTINCT keyword_name FROM duckdb_keywords()')).sort());
});
