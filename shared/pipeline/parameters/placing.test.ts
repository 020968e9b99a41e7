import { describe, expect, it } from 'vitest';
import type { Issue } from '../../errors.ts';
import { load, type Loaded } from '../load.ts';

const stageOf = (query: string, more = ''): string =>
  `sources: []\nstages:\n  - - name: a\n${more}      query: ${query}\n`;
const queryOf = (loaded: Loaded): string | undefined => loaded.pipeline?.stages[0]?.[0]?.query;
const codes = (loaded: Loaded): string[] =>
  loaded.issues.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

describe('a value of a parameter in SQL', () => {
  it.each([
    ["SELECT '${v}'", "o'x", "SELECT 'o''x'"],
    ["SELECT 'a' || '-${v}-'", "'", "SELECT 'a' || '-''-'"],
    ["SELECT 'it''s ${v}'", "o'x", "SELECT 'it''s o''x'"],
    ["SELECT e'${v}'", "a'\\", "SELECT e'a''\\\\'"],
    ['SELECT "${v}"', 'a"b\'', 'SELECT "a""b\'"'],
    ['SELECT ${v}', "'x'", "SELECT 'x'"],
    ['SELECT ${v}', ' abc ', 'SELECT  abc '],
    ['SELECT ${v} FROM tbl_${v}', '2024', 'SELECT 2024 FROM tbl_2024'],
    ['SELECT a-${v}', '-5', 'SELECT a- -5'],
    ['SELECT a ORDER BY ${v}, b', 'desc', 'SELECT a ORDER BY desc, b'],
    ["SELECT ${v}, '${v}'", "'x'", "SELECT 'x', '''x'''"],
    ["SELECT $$'${v}'$$", "o'x", "SELECT $$'o'x'$$"],
    ["SELECT 1 -- it's ${v}", "o'x", "SELECT 1 -- it's o'x"],
    ["SELECT /* ' */ '${v}'", "'", "SELECT /* ' */ ''''"],
    ["SELECT '😀', '${v}'", "'", "SELECT '😀', ''''"],
    ["SELECT $${v}, '${v}'", '1', "SELECT $1, '1'"],
  ])('%s with %s', (query, value, expected) => {
    const text = JSON.stringify({ sources: [], stages: [[{ name: 'a', query }]] });
    expect(queryOf(load(text, { v: value }))).toBe(expected);
  });

  it('are not escaped in other texts', () => {
    const text = stageOf('SELECT 1').replace('name: a', `name: "it's '\${v}'"`);
    expect(load(text, { v: "o'x" }).pipeline?.stages[0]?.[0]?.name).toBe("it's 'o'x'");
  });
});

describe('a value of a parameter in SQL without quotes', () => {
  const refused = (query: string, value: string): readonly Issue[] =>
    load(JSON.stringify({ sources: [], stages: [[{ name: 'a', query }]] }), { v: value }).issues;

  it.each([
    ['SELECT ${v}', '1; DROP TABLE t'],
    ['SELECT ${v}', 'a, b'],
    ['SELECT ${v}', "'a' || 'b'"],
    ['SELECT ${v}', '1 --'],
    ['SELECT ${v}', ''],
    ['SELECT ${v}', 'union'],
    ['SELECT ${v}', 'main.t'],
    ['SELECT ${v}', 'count(*)'],
    ['SELECT a ${v}', '-5'],
    ['SELECT t.${v}', '5'],
    ['SELECT 1 -- ${v}', 'x\n, 2'],
    ['SELECT /* ${v} */ 1', '*/ 2 /*'],
    ['SELECT $$${v}$$', '$$, 2, $$'],
    ["SELECT '${v}'", 'a\0b'],
  ])('%s cannot hold %j', (query, value) => {
    expect(refused(query, value)).toMatchObject([{ code: 'parameter.invalid', severity: 'error', place: { line: 1 } }]);
  });

  it('says what to do, at the parameter', () => {
    expect(refused('SELECT x, ${v}', 'a, b')).toMatchObject([
      {
        message: 'The value of `v` is not one name, number or text, and stands in SQL without quotes.',
        hint: "Put it into quotes: '${v}'. A parameter that is a piece of SQL needs `type: sql` in `params:`.",
        place: { column: 57, endColumn: 61 },
      },
    ]);
  });

  it('tells each one that does not fit', () => {
    const text = stageOf('SELECT ${a}, ${b}, ${c}');
    expect(codes(load(text, { a: '1,2', b: '3', c: '4,5' }))).toEqual([
      'parameter.invalid 4:21',
      'parameter.invalid 4:33',
    ]);
  });

  it('a parameter that is declared as SQL may be any SQL, and in quotes it is a text all the same', () => {
    const text = `params: {v: {type: sql}}\n${stageOf("SELECT ${v}, '${v}', ${w}")}`;
    expect(queryOf(load(text, { v: "a, 'b'", w: '1' }))).toBe("SELECT a, 'b', 'a, ''b''', 1");
    const open = `params: {v: {type: sql}}\n${stageOf('SELECT ${v}, ${w} */')}`;
    expect(codes(load(open, { v: 'a /*', w: '*/ 1' }))).toEqual(['parameter.invalid 5:27']);
  });

  it('SQL is trusted in SQL only', () => {
    const source = "{type: file, name: s, format: {type: csv}, location: 'data/${v}.csv'}";
    const text = `params: {v: {type: sql}}\nsources: [${source}]\nstages: []`;
    expect(codes(load(text, { v: '../x' }))).toEqual(['parameter.invalid 2:70']);
  });

  it('the expressions of checks are SQL as well', () => {
    const text = stageOf('SELECT 1', '      checks: [{type: expression, expression: "a > ${v}"}]\n');
    expect(codes(load(text, { v: '1 OR true' }))).toEqual(['parameter.invalid 4:52']);
    expect(load(text, { v: '1' }).pipeline?.stages[0]?.[0]?.checks).toMatchObject([{ expression: 'a > 1' }]);
  });
});

describe('a value of a parameter in a location', () => {
  const locationOf = (location: string, v: string): unknown => {
    const source = { type: 'file', name: 's', format: { type: 'csv' }, location };
    const loaded = load(JSON.stringify({ sources: [source], stages: [] }), { v });
    const [found] = loaded.pipeline?.sources ?? [];
    return found?.type === 'file' ? found.location : loaded.issues[0]?.message;
  };

  it.each([
    ['data/${v}.csv', 'a b', 'data/a b.csv'],
    ['data/${v}.csv', '2024/*', 'data/2024/*.csv'],
    ['${v}/x.csv', '../other', '../other/x.csv'],
    ['${v}/x.csv', 'https://a.example/b?c', 'https://a.example/b?c/x.csv'],
    ['https://${v}.example/x', 'a-b', 'https://a-b.example/x'],
    ['https://a.example/x?q=${v}', 'a?b', 'https://a.example/x?q=a?b'],
  ])('%s with %s is %s', (location, value, expected) => {
    expect(locationOf(location, value)).toBe(expected);
  });

  it.each([
    ['data/${v}.csv', '../x', 'leads out of its folder'],
    ['data/.${v}/x', './', 'leads out of its folder'],
    ['data/${v}', 'a/%2E%2e/b', 'leads out of its folder'],
    ['data/${v}', 'a\nb', 'holds a control character'],
    ['https://${v}.example/x', 'evil.example/', 'is not a part of a host name'],
    ['https://a.example/${v}', 'x?admin=1', 'would change the parts of the address'],
    ['https://a.example/x?q=${v}', 'a&b=c', 'would change the parts of the address'],
  ])('%s refuses %j: it %s', (location, value, reason) => {
    expect(locationOf(location, value)).toBe(`The value of \`v\` ${reason}.`);
  });
});

describe('a value of a parameter in connection strings and inline CSV', () => {
  it.each([
    ['PWD=${v};', 'a;b}c', 'PWD={a;b}}c};'],
    ['PWD=${v}', ' x', 'PWD={ x}'],
    ['PWD={${v}};X=1', 'a}b', 'PWD={a}}b};X=1'],
    ['Driver={P};PWD=${v};', 'a=b', 'Driver={P};PWD=a=b;'],
  ])('%s with %s is %s', (text, value, expected) => {
    const source = { type: 'odbc', name: 's', load_query: 'q', connection_string: text };
    const { pipeline } = load(JSON.stringify({ sources: [source], stages: [] }), { v: value });
    expect(pipeline?.sources[0]).toMatchObject({ connection_string: expected });
  });

  it('a part of a setting cannot end it', () => {
    const source = { type: 'odbc', name: 's', load_query: 'q', connection_string: 'Server=a.${v};' };
    expect(codes(load(JSON.stringify({ sources: [source], stages: [] }), { v: 'b;UID=x' }))).toEqual([
      'parameter.invalid 1:86',
    ]);
  });

  it.each([
    ['a\n${v}', 'x,y', 'a\n"x,y"'],
    ['a\n"${v}"', 'x"y', 'a\n"x""y"'],
    ['a\n${v}z', 'xy', 'a\nxyz'],
  ])('%j with %s is %j', (csv, value, expected) => {
    const { pipeline } = load(JSON.stringify({ sources: [{ type: 'inline', name: 's', csv }], stages: [] }), {
      v: value,
    });
    expect(pipeline?.sources[0]).toMatchObject({ csv: expected });
  });
});
