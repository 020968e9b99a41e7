import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { quoteLiteral } from '../sql/quote.ts';
import { parseType } from '../sql/types.ts';
import { jsonOf, jsonText } from './json.ts';
import { displayText } from './text.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

const marks = [
  '',
  'a',
  ' a',
  'a ',
  'a b',
  'NuLL',
  'nulls',
  '"',
  "'",
  '\\',
  '\\,',
  ',',
  ':',
  '=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
];
const controls = [
  '\t',
  '\n',
  'a\n',
  '\v',
  '\f',
  '\r',
  '\x01',
  '\x1f',
  '\x7f',
  '\x85',
  '\u00a0',
  '\u2028',
  'é🦆',
  '/',
  '<&>',
];

it.each([...marks, ...controls])('text %j inside other values is quoted as DuckDB quotes it', async (text) => {
  const literal = quoteLiteral(text);
  const sql = `SELECT [x, NULL]::VARCHAR, {'k''s': x}::VARCHAR, MAP {x: [x]}::VARCHAR, to_json(x)::VARCHAR
    FROM (SELECT ${literal} AS x)`;
  const [row] = (await native.runAndReadAll(sql)).getRowsJson();
  expect([
    displayText([text, null], parseType('VARCHAR[]')),
    displayText({ "k's": text }, parseType('STRUCT("k\'s" VARCHAR)')),
    displayText([{ key: text, value: [text] }], parseType('MAP(VARCHAR, VARCHAR[])')),
    jsonText(text),
  ]).toEqual(row);
});

it('values that other types print are quoted by the same rule', () => {
  expect(displayText(['10:00:00', null], parseType('TIME[]'))).toBe("['10:00:00', NULL]");
  expect(displayText(['2024-01-01'], parseType('DATE[]'))).toBe('[2024-01-01]');
  expect(displayText(['a, b'], parseType('UNION(a VARCHAR)[]'))).toBe('[a, b]');
  expect(displayText(['NaN', '-Infinity', 1], parseType('DOUBLE[]'))).toBe('[nan, -inf, 1.0]');
  expect(displayText(null, parseType('DOUBLE'))).toBe('NULL');
});

it('JSON keeps what JSON text holds', () => {
  const type = parseType('JSON');
  const text = '{ "a" : [1.0E5, -0, 12345678901234567890123, 1e400, true], "b\\u00e9\\/" : "\\u001f \\"x" }';
  expect(jsonOf(text, type)).toBe('{"a":[100000.0,0,12345678901234567890123,1e400,true],"bé/":"\\u001F \\"x"}');
});

it('JSON of long decimals is exact and is JSON', () => {
  expect(jsonOf('.12', parseType('DECIMAL(18,18)'))).toBe('0.12');
  expect(jsonOf('-.50', parseType('DECIMAL(2,2)'))).toBe('-0.5');
  expect(jsonOf('12345678901234567.890', parseType('DECIMAL(20,3)'))).toBe('12345678901234567.890');
  expect(jsonOf('Infinity', parseType('FLOAT'))).toBe('Infinity');
});
