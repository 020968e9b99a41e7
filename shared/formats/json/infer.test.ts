import { describe, expect, it } from 'vitest';
import { columnsOf, widenFields, type Shape } from './infer.ts';
import { recordOf } from './record.ts';

function infer(...lines: string[]): string {
  const fields = new Map<string, Shape>();
  lines.forEach((text, index) =>
    widenFields(fields, recordOf({ text, line: index + 1 }, 'x.json') ?? new Map<string, never>()),
  );
  return columnsOf(fields, 'x.json')
    .map(({ name, type }) => `${name} ${type}`)
    .join(', ');
}

describe('inference of JSON columns', () => {
  it('tells integers, other numbers, booleans and text apart', () => {
    expect(infer('{"i":1,"n":1,"b":true,"t":"2024-01-01"}', '{"i":-2,"n":2.5,"b":null,"t":null}')).toBe(
      'i BIGINT, n DOUBLE, b BOOLEAN, t VARCHAR',
    );
  });

  it('keeps 64-bit integers and makes text of larger ones', () => {
    expect(infer('{"a":9223372036854775807,"b":9223372036854775808}')).toBe('a BIGINT, b VARCHAR');
  });

  it('nests structs and lists and joins their fields', () => {
    expect(infer('{"s":{"a":1,"l":[{"x":1}]}}', '{"s":{"b":"y","l":[{"x":1.5,"z":true},null]}}')).toBe(
      's STRUCT("a" BIGINT, "l" STRUCT("x" DOUBLE, "z" BOOLEAN)[], "b" VARCHAR)',
    );
  });

  it('makes text of mixed kinds, of nothing but null, and of empty objects', () => {
    expect(infer('{"m":1,"n":null,"o":{}}', '{"m":[1],"n":null,"o":{}}')).toBe('m VARCHAR, n VARCHAR, o VARCHAR');
  });

  it('refuses keys that differ only in case', () => {
    expect(() => infer('{"a":1,"A":2}')).toThrow(/differ only in case/);
  });

  it('knows keys that every object inherits', () => {
    expect(infer('{"constructor":1,"__proto__":2}')).toBe('constructor BIGINT, __proto__ BIGINT');
  });
});
