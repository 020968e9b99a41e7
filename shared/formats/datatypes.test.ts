import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { SluiceError } from '../errors.ts';
import { duckdbTypeOf } from './datatypes.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

it.each([
  [' int64 ', 'BIGINT'],
  ['large_utf8', 'VARCHAR'],
  ['fixed_binary<16>', 'BLOB'],
  ['date64', 'DATE'],
  ['time32<millisecond>', 'TIME'],
  ['time64<ns>', 'TIME_NS'],
  ['timestamp<s>', 'TIMESTAMP_S'],
  ['timestamp<microsecond>', 'TIMESTAMP'],
  ['timestamp<ns, Europe/Berlin>', 'TIMESTAMP WITH TIME ZONE'],
  ['timestamp<us,+02:00>', 'TIMESTAMP WITH TIME ZONE'],
  ['duration<ms>', 'INTERVAL'],
  ['decimal<10, 2>', 'DECIMAL(10,2)'],
  ['decimal256<38,38>', 'DECIMAL(38,38)'],
  ['decimal<5,-2>', 'DECIMAL(7,0)'],
  ['list<fixed_list<int8,3>>', 'TINYINT[3][]'],
  ['struct<a:int32,b c:map<string,list<decimal<4,1>>>>', 'STRUCT(a INTEGER, "b c" MAP(VARCHAR, DECIMAL(4,1)[]))'],
])('%s is %s', async (spelling, type) => {
  expect(duckdbTypeOf(spelling)).toBe(type);
  const rows = await native.runAndReadAll(`SELECT column_type FROM (DESCRIBE SELECT NULL::${type})`);
  expect(rows.getRowsJson()).toEqual([[type]]);
});

it.each([
  ['varchar', 'document.invalid', 'Write string.'],
  ['VARCHAR', 'document.invalid', 'Write string.'],
  ['timestamp', 'document.invalid', 'timestamp<us>'],
  ['timestamp<m>', 'document.invalid', 'timestamp<us>'],
  ['decimal(10,2)', 'document.invalid', 'decimal<p,s>'],
  ['decimal<10>', 'document.invalid', 'decimal<p,s>'],
  ['decimal<2,4>', 'document.invalid', 'decimal<p,s>'],
  ['time32<us>', 'document.invalid', 'time32<ms>'],
  ['interger', 'document.invalid', 'integer'],
  ['', 'document.invalid', 'Types are bool,'],
  ['toString', 'document.invalid', 'Types are bool,'],
  ['struct<a int32>', 'document.invalid', 'struct<a:T,b:T>'],
  ['list<int32>x', 'document.invalid', 'list<T>'],
  ['decimal256<76,2>', 'type.unsupported', 'string'],
  ['struct<>', 'type.unsupported', 'string'],
])('%j is refused with %s', (spelling, code, hint) => {
  let thrown: unknown;
  try {
    duckdbTypeOf(spelling);
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof SluiceError)) throw new Error(`${spelling} was not refused.`);
  expect(thrown.code).toBe(code);
  expect(thrown.issue.hint).toContain(hint);
});

it('names the part that is wrong', () => {
  expect(() => duckdbTypeOf('list<struct<a:text>>')).toThrow('"text" in list<struct<a:text>> is not a data type.');
});
