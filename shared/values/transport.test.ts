import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { parseType, printType } from '../sql/types.ts';
import { transportQuery, transportType } from './transport.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

describe('transportType', () => {
  it.each([
    ['TIMESTAMP_NS', 'TIMESTAMP_NS'],
    ['DECIMAL(38,10)', 'DECIMAL(38,10)'],
    ['HUGEINT', 'VARCHAR'],
    ['TIME WITH TIME ZONE', 'VARCHAR'],
    ["ENUM('a')", 'VARCHAR'],
    ["GEOMETRY('OGC:CRS84')", 'VARCHAR'],
    ['INTEGER[3][]', 'INTEGER[][]'],
    ['STRUCT(a UUID, "b c" MAP(INTERVAL, INTEGER))', 'STRUCT(a VARCHAR, "b c" MAP(VARCHAR, INTEGER))'],
    ['STRUCT(INTEGER, VARCHAR)', 'VARCHAR'],
    ['UNION(num INTEGER)[]', 'VARCHAR[]'],
  ])('%s travels as %s', (type, carrier) => {
    expect(printType(transportType(parseType(type)))).toBe(carrier);
  });
});

describe('transportQuery', () => {
  it('leaves a query alone that needs no cast', () => {
    const query = 'SELECT 1 AS a; -- one';
    expect(transportQuery(query, [{ name: 'a', type: 'INTEGER' }])).toEqual({ sql: query, query, prefix: 0 });
  });

  it.each([
    ['"a ""b"', ['a "b', 'c']],
    ['"c"', ['c0', 'c1']], // apache-arrow mixes up columns of one name
  ])('keeps columns, their order, that of rows and a comment at the end, with %s beside "c"', async (name, names) => {
    const query = `SELECT i::HUGEINT AS ${name}, -i AS "c" FROM range(3) t(i) ORDER BY i DESC; -- end`;
    const columns = [
      { name: name.slice(1, -1).replaceAll('""', '"'), type: 'HUGEINT' },
      { name: 'c', type: 'BIGINT' },
    ];
    const transport = transportQuery(query, columns);
    const rows = await native.runAndReadAll(transport.sql);
    expect(rows.columnNames()).toEqual(names);
    expect(rows.columnTypes().map(String)).toEqual(['VARCHAR', 'BIGINT']);
    expect(rows.getRowsJson()).toEqual([
      ['2', '-2'],
      ['1', '-1'],
      ['0', '0'],
    ]);
    expect(transport.sql.slice(transport.prefix)).toMatch(/^SELECT i::HUGEINT/);
  });
});
