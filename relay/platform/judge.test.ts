// The judge against DuckDB itself: every function is on one of the two lists, whatever DuckDB can run as a query can be
// judged, and no spelling of a refused function gets past.
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzzPatience, fuzzRuns } from '../../shared/pipeline/fuzz-runs.ts';
import { allowedByKind } from '../../shared/sql/calls/allowed.generated.ts';
import { Judge } from '../../shared/sql/calls/judge.ts';
import { reasonAgainst } from '../../shared/sql/calls/refused.ts';
import { NativeParser } from './parser.ts';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
let parser: NativeParser;
let judge: Judge;

beforeAll(async () => {
  await connection.run('CREATE TABLE t AS SELECT 1 AS a, 2 AS b; CREATE TABLE u AS SELECT 1 AS a, 3 AS c');
  parser = new NativeParser(await instance.connect());
  judge = new Judge(parser);
});

afterAll(async () => {
  await parser.close();
  connection.closeSync();
  instance.closeSync();
});

const messageOfRefusal = async (sql: string): Promise<string | undefined> => (await judge.refusalOf(sql))?.message;

it('every function of DuckDB is either allowed by name or refused with a reason', async () => {
  const listed = (
    await connection.runAndReadAll('SELECT DISTINCT function_type, lower(function_name) FROM duckdb_functions()')
  ).getRowsJson() as [string, string][];
  expect(listed.length).toBeGreaterThan(900);
  const byKind: Readonly<Record<string, string | undefined>> = allowedByKind;
  const unjudged = listed.filter(([kind, name]) => {
    const isAllowed = byKind[kind]?.split(' ').includes(name) ?? false;
    return isAllowed === (reasonAgainst(name, kind) !== undefined);
  });
  expect(unjudged).toEqual([]);
});

describe('lets pass what DuckDB can run', () => {
  it.each([
    'SELECT a, sum(b) OVER (ORDER BY a) FROM t JOIN u USING (a) QUALIFY row_number() OVER () = 1',
    'FROM t',
    'TABLE t',
    'VALUES (1)',
    '(SELECT 1)',
    'WITH x AS (FROM t) FROM x',
    'WITH RECURSIVE x USING KEY (a) AS (SELECT 1 AS a UNION SELECT a + 1 FROM x WHERE a < 3) FROM x',
    'DESCRIBE t',
    'DESCRIBE (FROM t)',
    'SUMMARIZE t',
    'SHOW TABLES',
    'FROM (SHOW ALL TABLES)',
    'SELECT 1 UNION BY NAME SELECT 2',
    'UNPIVOT t ON a, b INTO NAME n VALUE v',
    'PIVOT t ON a USING sum(b)',
    'PIVOT t ON a IN (1, 2) USING sum(b) GROUP BY b',
    "PIVOT t ON a IN (DATE '2020-01-01') USING sum(b)",
    'PIVOT t ON a IN (SELECT a FROM u) USING sum(b)',
    'PIVOT t ON a IN (FROM range(3)) USING sum(b)',
    'PIVOT t ON (a, b) USING sum(b)',
    'PIVOT t ON a, b USING sum(b) GROUP BY a',
    'PIVOT t ON a IN (1), b USING sum(b)',
    "PIVOT t ON a || 'x' USING sum(b)",
    'PIVOT t ON CASE WHEN a IN (1, 2) THEN 1 END USING sum(b)',
    'PIVOT t ON a USING sum(b) FILTER (a IN (1, 2))',
    'PIVOT_WIDER t ON a USING sum(b) -- a comment',
    'WITH x AS (FROM t WHERE a IN (SELECT a FROM u)) PIVOT x ON a USING sum(b)',
    'FROM (PIVOT t ON a USING sum(b) GROUP BY b) JOIN (PIVOT t ON b USING sum(a) GROUP BY b) USING (b)',
    'FROM t PIVOT (sum(b) FOR a IN (1, 2) b IN (2))',
    "FROM query('FROM t')",
    'FROM query("FROM t")',
    "FROM query('FROM query(''FROM t'')')",
    "FROM query_table('t')",
    'FROM query_table([t, t])',
    'SELECT list_transform([a], lambda x: x + 1), COLUMNS(lambda c: c = $$a$$) FROM t',
    "SELECT a.add(1), main.abs(a), system.main.abs(a), 'enable_logging()' AS enable_logging FROM t",
    'FROM histogram(t, a) AS checkpoint',
    'EXPLAIN SELECT 1',
    'EXPLAIN (FORMAT JSON)\nFROM t\n',
    'EXPLAIN (ANALYZE, FORMAT JSON) (FROM t)',
    'EXPLAIN ANALYZE FROM t',
    'CREATE TEMPORARY VIEW "v as (" AS FROM (\nFROM t -- ;\n)',
    'CREATE OR REPLACE TABLE w (a, b) AS FROM t',
    'CREATE TABLE "x()" ("default" DECIMAL(10, 2), b STRUCT("check" INTEGER)[])',
    'INSERT INTO t FROM t',
    "SET search_path = 'main'",
    'DROP TABLE IF EXISTS w',
    'CREATE OR REPLACE MACRO main.m(x, y := 1) AS x + abs(y)',
    'CREATE OR REPLACE MACRO main.o(x) AS abs(x), (x, y) AS [x, y]',
    'CREATE OR REPLACE MACRO main.n(x) AS TABLE SELECT x',
  ])('%s', async (sql) => {
    await connection.run('BEGIN');
    await connection.run(sql).finally(() => connection.run('ROLLBACK'));
    expect(await messageOfRefusal(sql)).toBeUndefined();
  });

  it('of any size that DuckDB can take', async () => {
    const many = (count: number, of: string, by: string): string => Array.from({ length: count }, () => of).join(by);
    for (const sql of [
      `SELECT 1 IN (${many(60_000, '1', ',')})`,
      `SELECT [${many(60_000, "'it''s'", ', ')}]`,
      many(1_000, 'SELECT 1', ' UNION ALL '),
      `SELECT ${'('.repeat(3000)}1${')'.repeat(3000)}`,
      `SELECT 1 WHERE ${many(1_200, 'true', ' AND ')}`,
    ]) {
      expect(await messageOfRefusal(sql)).toBeUndefined();
    }
  });
});

describe('refuses what it cannot judge', () => {
  it.each([
    ["ATTACH 'x.db'"],
    ['PRAGMA version'],
    ['CALL range(3)'],
    ['LOAD json'],
    ['SELECT 1; SELECT 2'],
    ['SELECT 1; DROP TABLE t'],
    ['CREATE TABLE x (a INTEGER DEFAULT abs(1))'],
    ['CREATE TABLE x (a INTEGER, b AS (abs(a)))'],
    ["COPY t FROM 'x.csv'"],
    ['DELETE FROM t'],
    ["EXPLAIN COPY t TO 'x.csv'"],
    ["FROM query('FROM ' || 't')"],
    ["FROM query(concat('FROM ', 't'))"],
    ["FROM query('FROM t', x := 1)"],
    ['FROM query($1)'],
    ["FROM query('FROM t; FROM t')"],
    ["FROM query('DROP TABLE t')"],
    ['SELECT sum(a) EXPORT_STATE FROM t'],
  ])('%s', async (sql) => {
    expect(await messageOfRefusal(sql)).toContain('cannot be');
  });

  it('a function that DuckDB has and that nobody reviewed', async () => {
    await connection.run('CREATE MACRO newcomer(x) AS x');
    expect(await messageOfRefusal('SELECT Newcomer(1)')).toBe(
      'newcomer cannot be used here: it has not been reviewed.',
    );
    await connection.run('DROP MACRO newcomer');
    expect(await messageOfRefusal('SELECT newcomer(1)')).toBeUndefined(); // DuckDB says best that it has none
  });

  it('at its place', async () => {
    const sql = "SELECT 'ü', (SELECT 1 FROM query('FROM checkpoint()'))";
    expect(await judge.refusalOf(sql)).toEqual({
      message: 'checkpoint cannot be used here: it changes settings.',
      offset: 27,
    });
  });
});

/** A name in one of the spellings that DuckDB takes for it. */
const spelling = (name: string) =>
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }),
      fc.boolean(),
      fc.constantFrom('', 'main.', '"main".', 'system.main.', 'system . /* x */ main . '),
    )
    .map(([capitals, quoted, schema]) => {
      const word = Array.from(name)
        .map((letter, index) => (capitals[index] ? letter.toUpperCase() : letter))
        .join('');
      return schema + (quoted ? `"${word}"` : word);
    });

const gap = fc.constantFrom('', ' ', '\n', '/**/', '/* /* " */ \' */', '-- x\n', '\u00a0', '\u2003', '\t\f');

const call = fc
  .constantFrom(
    ['arrow_scan', 'NULL, NULL, NULL'],
    ['arrow_scan_dumb', 'NULL, NULL, NULL'],
    ['seq_scan', ''],
    ['enable_logging', "storage := 'memory'"],
    ['disable_logging', ''],
    ['truncate_duckdb_logs', ''],
    ['enable_profiling', ''],
    ['checkpoint', ''],
    ['force_checkpoint', ''],
    ['enable_peg_parser', ''],
    ['json_execute_serialized_sql', "json_serialize_sql('SELECT 1')"],
    ['read_duckdb', "'x.db'"],
  )
  .chain(([name = '', given = '']) =>
    fc.tuple(spelling(name), gap, gap).map(([spelt, before, inside]) => `${spelt}${before}(${inside}${given})`),
  );

/** A query that reads a table function. */
const reading = fc.tuple(call, fc.nat(14)).map(([called, way]) => {
  const ways = [
    `FROM ${called}`,
    `SELECT * FROM t, ${called} AS x`,
    `WITH x AS (FROM ${called}) SELECT 1 FROM x`,
    `SELECT (SELECT count(*) FROM ${called})`,
    `SELECT list_transform([1], lambda x: (SELECT count(*) FROM ${called}))`,
    `FROM (VALUES (1)) v, LATERAL (FROM ${called})`,
    `SELECT 1 UNION ALL SELECT 1 FROM ${called}`,
    `DESCRIBE FROM ${called}`,
    `SUMMARIZE FROM ${called}`,
    `SELECT 1 WHERE EXISTS (FROM ${called})`,
    `PIVOT (FROM ${called}) ON a USING sum(b)`,
    `PIVOT t ON a IN (SELECT 1 FROM ${called}) USING sum(b)`,
    `PIVOT t ON a USING first((SELECT 1 FROM ${called}))`,
    `FROM t ORDER BY (SELECT 1 FROM ${called})`,
    `FROM t POSITIONAL JOIN ${called}`,
  ];
  return ways[way] ?? '';
});

/** A text as a literal of DuckDB, in one of the ways to write one. */
const literal = (text: string, ways: readonly number[]): string => {
  const pick = (index: number): number => ways[index % ways.length] ?? 0;
  const ascii = Array.from(text).map((letter) => (letter > '\x7f' ? ' ' : letter));
  switch (pick(0) % 5) {
    case 0:
      return `'${text.replaceAll("'", "''")}'`;
    case 1:
      return `$q$${text}$q$`;
    case 2:
      return `"${text.replaceAll('"', '""')}"`;
    case 3: {
      const half = Math.floor(ascii.length / 2);
      const quoted = (part: readonly string[]): string => part.join('').replaceAll("'", "''");
      return `'${quoted(ascii.slice(0, half))}'\n'${quoted(ascii.slice(half))}'`;
    }
    default:
      return `E'${ascii
        .map((letter, index) => {
          const code = letter.charCodeAt(0);
          const forms = [
            /['\\]/.test(letter) ? `\\${letter}` : letter,
            `\\x${code.toString(16).padStart(2, '0')}`,
            `\\${code.toString(8).padStart(3, '0')}`,
            `\\${(code + 256).toString(8)}`,
          ];
          return forms[pick(index + 1) % 4];
        })
        .join('')}'`;
  }
};

const nested = fc
  .tuple(reading, fc.array(fc.array(fc.nat(59), { minLength: 5, maxLength: 20 }), { maxLength: 3 }), gap)
  .map(([query, levels, between]) =>
    levels.reduce((inner, ways) => `FROM query${between}(${literal(inner, ways)})`, query),
  );

const hidden = fc
  .tuple(nested, fc.nat(5), fc.array(fc.nat(59), { minLength: 5, maxLength: 20 }))
  .map(([query, way, ways]) => {
    const text = literal(query, ways);
    return (
      [
        `SELECT json_serialize_plan(${text})`,
        `FROM json_execute_serialized_sql(json_serialize_sql(${text}))`,
        `SELECT json_deserialize_sql(json_serialize_sql(${text}))`,
        `FROM query(concat(${text}))`,
      ][way] ?? query
    );
  });

it('no spelling of a refused function gets past', { timeout: fuzzPatience(process.env) }, async () => {
  const counts = { refused: 0, unparsed: 0 };
  await fc.assert(
    fc.asyncProperty(hidden, fc.constantFrom('', 'EXPLAIN ', 'CREATE VIEW x AS FROM (\n'), async (query, before) => {
      const sql = `${before}${query}${before.endsWith('(\n') ? '\n)' : ''}`;
      const parses = await connection.extractStatements(sql).then(
        () => true,
        () => false,
      );
      const refusal = await judge.refusalOf(sql);
      if (parses) expect(refusal?.message).toContain('cannot be');
      counts[parses ? 'refused' : 'unparsed'] += 1;
    }),
    fuzzRuns(500, 10_000, process.env),
  );
  expect(counts.refused).toBeGreaterThan(counts.unparsed * 9);
});
