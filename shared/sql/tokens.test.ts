import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { plainSpaces, scan, tokensOf } from './tokens.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

function texts(sql: string): string[] {
  return tokensOf(sql).map((token) => token.text);
}

describe('tokensOf', () => {
  it('gives kind, text, value and offset', () => {
    expect(tokensOf('SELECT "a ""b""" -- c\n, \'it\'\'s\'')).toEqual([
      { kind: 'identifier', text: 'SELECT', value: 'SELECT', offset: 0 },
      { kind: 'quoted', text: '"a ""b"""', value: 'a "b"', offset: 7 },
      { kind: 'operator', text: ',', value: ',', offset: 22 },
      { kind: 'string', text: "'it''s'", value: "it's", offset: 24 },
    ]);
  });

  it.each([
    ["E'a\\'b' x", ["E'a\\'b'", 'x']],
    ["'a\\' x", ["'a\\'", 'x']],
    ["xE'\\' x", ['xE', "'\\'", 'x']],
    ["'a' -- c\n  'b' 'c'", ["'a' -- c\n  'b'", "'c'"]],
    ["E'a'\n'b\\'' x", ["E'a'\n'b\\''", 'x']],
    ["$$ ' ; $a$ $$ x", ["$$ ' ; $a$ $$", 'x']],
    ['$é$ $$ $é$ x', ['$é$ $$ $é$', 'x']],
    ['a$$b$$ $1', ['a$$b$$', '$', '1']],
    ['1 /* /* ; */ ( */ 2', ['1', '2']],
    ['1*/**/2--;\r3', ['1', '*', '2', '3']],
    ['1_000 .5 5. 1e5 1e 1..2 0x1F', ['1_000', '.5', '5.', '1e5', '1', 'e', '1', '..', '2', '0', 'x1F']],
    ['a::INT b->>c', ['a', '::', 'INT', 'b', '-', '>', '>', 'c']],
    ['a\u00a0日本\ufeff"\u00a0"', ['a', '日本', '"\u00a0"']],
  ])('splits %j', (sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it.each(["'a''", '"a""', '$$a$', '$a$ $$', '/* /* */', "E'\\'", "e'''\\'a", "E'a'\n'b\\'"])(
    'ends in an error for %j',
    (rest) => {
      expect(tokensOf(`x ${rest}`).at(-1)).toMatchObject({ kind: 'error', offset: 2 });
    },
  );

  it.each(['a \0', "'a\0'", '"a\0"', '$$a\0$$', '-- \0\n 1', '/* \0 */ 1', "E'\0'"])(
    'ends at a NUL character in %j (comments and dollar quotes passed)',
    (rest) => {
      const value = 'The text holds a NUL character, where DuckDB stops reading.';
      expect(tokensOf(`x ${rest}`).at(-1)).toMatchObject({ kind: 'error', value, offset: 2 + rest.indexOf('\0') });
    },
  );

  it('takes no longer for hostile text', () => {
    const hostile = `'x'${'-'.repeat(50_000)}`;
    expect(texts(hostile)).toEqual(["'x'"]);
    expect(tokensOf(`'${"''".repeat(50_000)}`).length).toBe(1);
  });

  it.each([
    ["'a''\n''b'", "a'\n'b"],
    ["E'\\' -- \\\\' -- x\n 'b'", "' -- \\b"],
    ["E'\\545'", 'e'],
    ["E'\\x4''\\101'", "\x04'A"],
  ])('reads %j as DuckDB does', async (literal, value) => {
    expect(tokensOf(literal)).toMatchObject([{ kind: 'string', value }]);
    expect((await native.runAndReadAll(`SELECT ${literal}`)).value(0, 0)).toBe(value);
  });

  it('finds as many statements as DuckDB', async () => {
    const statements = [
      "select ';' ; select $$;$$",
      'select 1 /* ; /* ; */ ; */ ; select 2 -- ;\n;;',
      "select E'\\';' ; select ';\\'",
      'select \'a\'\n\';\' ; select ";""" from (select 1 as ";""")',
      'select 1 as a$;select 1 as b$;',
      "select 1;\u00a0select 'x\u00a0;'",
    ];
    for (const sql of statements) {
      const { count } = await native.extractStatements(sql);
      expect([sql, countStatements(sql)]).toEqual([sql, count]);
    }
  });
});

function countStatements(sql: string): number {
  let [count, open] = [0, false];
  for (const token of tokensOf(sql)) {
    if (token.text !== ';') open = true;
    else if (open) [count, open] = [count + 1, false];
  }
  return open ? count + 1 : count;
}

it('scan gives comments too', () => {
  expect([...scan('a /* b */ -- c')].map((token) => [token.kind, token.text])).toEqual([
    ['identifier', 'a'],
    ['comment', '/* b */'],
    ['comment', '-- c'],
  ]);
});

it('plainSpaces replaces Unicode spaces between tokens only', () => {
  expect(plainSpaces("a\u00a0b '\u00a0' --\u00a0\n\u2003\ufeff")).toBe("a b '\u00a0' --\u00a0\n  ");
});
