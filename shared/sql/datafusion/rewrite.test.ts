import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SluiceError } from '../../errors.ts';
import { rewrite } from './rewrite.ts';

const sqlOf = (query: string): string => rewrite(query).sql;

it.each([
  ['SELECT Foo, "Bar" FROM T', 'select foo, "Bar" from t'],
  [
    'select 1.5, .5, 1e3, 7',
    'select 1.5e0 AS "Float64(1.5)", .5e0 AS "Float64(0.5)", 1e3 AS "Float64(1000)", 7::BIGINT AS "Int64(7)"',
  ],
  ['select a from t limit 5 offset 1', 'select a from t limit 5 offset 1'],
  [
    'select a from t order by 1 desc, b desc nulls last',
    'select a from t order by 1 desc NULLS FIRST, b desc nulls last',
  ],
  ['select a / b / 2 z from t', 'select a // b // 2::BIGINT z from t'],
  ['select * except (a) from t', 'select * EXCLUDE (a) from t'],
  // Relations whose names are reserved: LEFT was taken for an alias, and the others did not parse.
  ['select union.a from union', 'select "union".a from "union"'],
  ['select * from join left join t using (a)', 'select * from "join" left join t using (a)'],
  ['select * from t, union where union.a > 0', 'select * from t, "union" where "union".a > 0'],
  ['with union as (select a from t) select a from union', 'with "union" as (select a from t) select a from "union"'],
  ['select * from t except (select 1 as a)', 'select * from t except (select 1::BIGINT as a)'],
  ['select a::int::text z from t', 'select cast_to_varchar__(cast_to_integer__(a)) z from t'],
  ['select -a.b::bigint unsigned c from t', 'select -cast_to_ubigint__(a.b) c from t'],
  [
    'select cast(case when a then b else c end as int) d from t',
    'select cast_to_integer__(case when a then b else c end) d from t',
  ],
  ['select case when a then b end::int z from t', 'select cast_to_integer__(case when a then b end) z from t'],
  ['select sum(a) over (order by b)::int c from t', 'select cast_to_integer__(sum(a) over (order by b)) c from t'],
  ["select arrow_cast(a, 'UInt8') b from t", 'select cast_to_utinyint__(a) b from t'],
  ["select named_struct('a b', x, 'c', 1) s from t", 'select struct_pack("a b" := x, "c" := 1::BIGINT) s from t'],
  ['select \'/\' || "a/b" z -- 1 / 2\n from t', 'select \'/\' || "a/b" z -- 1 / 2\n from t'],
  ["select a like '%\\_' z from t", "select a like '%\\_' ESCAPE '\\' z from t"],
  ['values (1, a), (2, b)', 'SELECT * FROM (values (1::BIGINT, a), (2::BIGINT, b)) AS values__(column1, column2)'],
  ['select * from (values (1)) as t', 'select * from (values (1::BIGINT)) as t(column1)'],
  ['select * from (values (1)) as t(a)', 'select * from (values (1::BIGINT)) as t(a)'],
  ["select date_bin(interval '1 day', at) z from t", 'select date_bin(interval \'1 day\', "at") z from t'],
  [
    "select a + interval '1 day' - interval '2' hour z from t",
    "select minus_interval__(plus_interval__(a , interval '1 day') , interval '2' hour) z from t",
  ],
  ['select extract(year from a) + 1 z from t', "select CAST(date_part('year', a) AS INTEGER) + 1::BIGINT z from t"],
  ["select (j -> 'a' -> 0)::int z from t", "select (j ~> 'a' ~>& 0) z from t"],
  ["select j ->> 'a' z from t", "select j ~>> 'a' z from t"],
  ['select a from x left anti join y on x.a = y.a', 'select a from x anti join y on x.a = y.a'],
  ['select lag(a) ignore nulls over (order by b) z from t', 'select lag(a IGNORE NULLS) over (order by b) z from t'],
  [
    'select first_value(a order by b) x, first_value(a) over (order by b) y from t',
    'select first(a order by b) x, first_value(a) over (order by b) y from t',
  ],
  [
    'select end, desc from (select 1 as end, 2 as desc) t order by desc desc',
    'select "end", "desc" from (select 1::BIGINT as "end", 2::BIGINT as "desc") t order by "desc" desc NULLS FIRST',
  ],
  [
    "select to_char(a, '%d.%m.%Y') from t",
    `select strftime(time_of__(a), '%d.%m.%Y') AS "to_char(t.a,Utf8(""%d.%m.%Y""))" from t`,
  ],
])('%s', (query, expected) => {
  expect(sqlOf(query)).toBe(expected);
});

it('names a column as DataFusion does where only its name tells it', () => {
  expect(sqlOf('select count(*), SUM(a), min(t.b), upper("C") from T t')).toBe(
    'select count(*) AS "count(*)", sum(a) AS "sum(t.a)", min(t.b) AS "min(t.b)", upper("C") AS "upper(t.C)" from t t',
  );
  expect(sqlOf('select sum(a), a + 1.5, a::int, "x"."y", a is null from t join u using (a)')).toBe(
    'select sum(a) AS "sum(a)", a + 1.5e0 AS "a + 1.5", cast_to_integer__(a) AS "a::int", "x"."y", a is null AS "a is null" from t join u using (a)',
  );
});

it.each([
  ['select 1.5, a::int, to_timestamp(a) frm x y', 'frm'],
  ['select cast(a as bigint unsigned), nope from t', 'nope'],
  ['select\n  extract(year from a),\n  "Nope" from t', '"Nope"'],
  ["select a + interval '1 day', named_struct('a', 1), nope", 'nope'],
])('%s: the way back', (query, word) => {
  const { sql, typedOffset } = rewrite(query);
  expect(query.slice(typedOffset(sql.indexOf(word)))).toBe(query.slice(query.indexOf(word)));
  expect(typedOffset(0)).toBe(0);
  expect(typedOffset(sql.length)).toBe(query.length);
});

it.each([
  ["select a, sha512('x')", "sha512('x')"],
  ["select 1.5, to_char(a, '%Q')", "to_char(a, '%Q')"],
  ["select arrow_cast(a, 'Dictionary(Int32, Utf8)')", "arrow_cast(a, 'Dictionary(Int32, Utf8)')"],
  ['select a from x right semi join y on true', 'right semi join y on true'],
])('%s is refused at its place', (query, at) => {
  try {
    rewrite(query);
    expect.unreachable();
  } catch (thrown) {
    const { issue } = thrown as SluiceError;
    expect([issue.code, query.slice(issue.query?.offset)]).toEqual(['document.unsupported', at]);
  }
});

const words = [
  ...[
    'select',
    'from',
    'where',
    'order by',
    'desc',
    'case',
    'when',
    'then',
    'else',
    'end',
    'cast',
    'as',
    'int',
    'over',
  ],
  ...['values', 'except', 'interval', "'1 day'", "'x'", '1', '2.5', 'a', '"B"', 't.c', '(', ')', '[', ']', ',', '::'],
  ...[
    '/',
    '*',
    '-',
    '->',
    '->>',
    '~',
    'extract',
    'named_struct',
    'to_char',
    'arrow_cast',
    'first_value',
    'ignore nulls',
  ],
  ...['approx_percentile_cont', 'within group', 'generate_series', 'left semi join', '{', '}', ':', '--x\n', '/* y */'],
];

it('takes any text to text or to a typed error, with a way back to each place', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 25 }), (parts) => {
      const query = parts.join(' ');
      try {
        const { sql, typedOffset } = rewrite(query);
        let last = 0;
        for (let offset = 0; offset <= sql.length; offset++) {
          const typed = typedOffset(offset);
          expect(typed).toBeGreaterThanOrEqual(last);
          expect(typed).toBeLessThanOrEqual(query.length);
          last = typed;
        }
      } catch (thrown) {
        if (!(thrown instanceof SluiceError)) throw thrown;
        expect(thrown.code).toBe('document.unsupported');
      }
    }),
    { numRuns: 500 },
  );
});

it.each([
  `select ${'f('.repeat(5000)}a${')'.repeat(5000)}`,
  `select ${'('.repeat(5000)}1${')'.repeat(5000)} + 1`,
  `select a${'::int'.repeat(5000)}`,
  `select a ${" + interval '1 day'".repeat(5000)}`,
  `select ${'case when a then 1 else '.repeat(5000)} 2 ${'end '.repeat(5000)}`,
  `values ${Array.from({ length: 5000 }, (_, n) => `(${n}, 1.5)`).join(', ')}`,
  `select * from t where a in (${'1, '.repeat(20_000)}1)`,
])('takes a query of any depth and length (%#)', (query) => {
  expect(rewrite(query).sql.length).toBeGreaterThan(0);
});
