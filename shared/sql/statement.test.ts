import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '../errors.ts';
import { identifierCount, requireExpression, requireQuery, wrapQuery } from './statement.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();
await native.run('CREATE TABLE cities (country VARCHAR, year INTEGER, people INTEGER)');

/** What is refused: code, the text from where it starts, and the message. */
function refusal(sql: string): { code: string; at: string; message: string } | undefined {
  try {
    requireQuery(sql);
    return undefined;
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    return { code: error.code, at: sql.slice(error.issue.query?.offset), message: error.message };
  }
}

describe('requireQuery', () => {
  it.each([
    'SELECT 1; -- done',
    'select 1 ;;',
    '/* first */ (SELECT 1) UNION (SELECT 2) ORDER BY 1',
    'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r',
    'WITH a AS NOT MATERIALIZED (SELECT 1 x), "insert" AS (FROM a) SELECT * FROM "insert"',
    'WITH a AS (SELECT 1) (SELECT * FROM a)',
    'FROM cities SELECT year',
    'VALUES (1, 2)',
    'TABLE cities',
    'PIVOT cities ON year USING sum(people)',
    'UNPIVOT cities ON year, people',
    'DESCRIBE cities',
    'SUMMARIZE cities',
    'SHOW TABLES',
    "SELECT ';' AS \"(\", $$ ) $$ AS b, E'\\')' AS c -- (",
  ])('accepts %j, which DuckDB runs inside parentheses', async (sql) => {
    expect(refusal(sql)).toBeUndefined();
    await expect(native.run(wrapQuery('SELECT * FROM (', sql, ')').sql)).resolves.toBeDefined();
  });

  it.each([
    ['', 'sql.not_a_query', '', 'The query is empty.'],
    [' -- nothing\n;', 'sql.not_a_query', ';', 'The query is empty.'],
    ['SELECT 1; DROP TABLE cities', 'sql.not_a_query', 'DROP TABLE cities', 'a second statement starts here'],
    ['create table t (a int)', 'sql.not_a_query', 'create table t (a int)', 'CREATE is not allowed in a stage'],
    ['/* x */ INSERT INTO t VALUES (1)', 'sql.not_a_query', 'INSERT INTO t VALUES (1)', 'INSERT is not allowed'],
    ['WITH a(x) AS (SELECT 1) DELETE FROM t', 'sql.not_a_query', 'DELETE FROM t', 'DELETE is not allowed'],
    ['(update t set a = 1)', 'sql.not_a_query', 'update t set a = 1)', 'UPDATE is not allowed'],
    ['SELCT 1', 'sql.syntax', 'SELCT 1', 'A query begins with SELECT'],
    ["SELECT 'é 1", 'sql.syntax', "'é 1", 'This string is never closed.'],
    ['SELECT 1 /* x', 'sql.syntax', '/* x', 'This comment is never closed.'],
    ['SELECT 1) AS a; (SELECT 2', 'sql.not_a_query', '(SELECT 2', 'a second statement starts here'],
    ['SELECT 1) UNION (SELECT 2', 'sql.syntax', ') UNION (SELECT 2', 'This ")" closes nothing.'],
    ['SELECT (1', 'sql.syntax', '(1', 'This "(" is never closed.'],
  ])('refuses %j', (sql, code, at, message) => {
    const refused = refusal(sql);
    expect(refused).toMatchObject({ code, at });
    expect(refused?.message).toContain(message);
  });

  it.each([
    ...[
      'ALTER',
      'ATTACH',
      'BEGIN',
      'CALL',
      'CHECKPOINT',
      'COMMENT',
      'COMMIT',
      'COPY',
      'CREATE',
      'DEALLOCATE',
      'DELETE',
    ],
    ...['DETACH', 'DROP', 'EXECUTE', 'EXPLAIN', 'EXPORT', 'FORCE', 'IMPORT', 'INSERT', 'INSTALL', 'LOAD', 'MERGE'],
    ...['PRAGMA', 'PREPARE', 'RESET', 'ROLLBACK', 'SET', 'START', 'TRUNCATE', 'UPDATE', 'USE', 'VACUUM'],
  ])('refuses %s by its name', (word) => {
    expect(refusal(`${word} x`)?.message).toMatch(new RegExp(`^${word} is not allowed`));
  });
});

describe('wrapQuery', () => {
  it('keeps comments and semicolons at the end from touching what follows', async () => {
    const wrapped = wrapQuery('SELECT * FROM (', 'SELECT 42 AS a; -- done ;', ') AS q');
    expect(wrapped.sql.slice(wrapped.prefix, wrapped.prefix + 17)).toBe('SELECT 42 AS a  -');
    const rows = await native.runAndReadAll(wrapped.sql);
    expect(rows.getRowsJson()).toEqual([[42]]);
  });

  it('keeps every offset', () => {
    const query = 'SELECT\u00a0🦆 ;;';
    const wrapped = wrapQuery('DESCRIBE (', query, ')');
    expect(wrapped).toEqual({ sql: 'DESCRIBE (\nSELECT 🦆   \n)', query, prefix: 11 });
  });
});

describe('identifierCount', () => {
  it.each([
    ['SELECT a.x, a.y FROM a', 1],
    ['SELECT * FROM A JOIN "a" USING (x)', 2],
    ["SELECT 'b', a(1) AS a FROM b", 0],
    ["SELECT * FROM 'a'", 1],
    ["SELECT * FROM query('FROM a, a')", 2],
    ['SELECT * FROM "Query"(\'FROM a, a\')', 2],
    ['WITH x AS (FROM a) SELECT (SELECT count(*) FROM main.a) FROM x -- a', 2],
    ["SELECT $$a b$$ FROM c WHERE d = ' a '", 0],
  ])('counts relations in %j', (sql, count) => {
    expect(identifierCount(sql, 'a')).toBe(count);
  });

  it('finds names that must be quoted', () => {
    expect(identifierCount('FROM "my ""a""" JOIN "MY ""A""" USING (x)', 'my "a"')).toBe(2);
  });
});

describe('requireExpression', () => {
  it.each(['a > 0', "a IN ('(', ')') -- (", '(SELECT count(*) FROM b) > 0', ''])('takes %j', (sql) => {
    requireExpression(sql);
  });

  it.each([
    ['a) OR (b', 1],
    ['(a', 0],
    ['a; DROP TABLE b', 1],
    ["a = 'b", 4],
  ])('refuses %j at %i', (sql, offset) => {
    expect(() => requireExpression(sql)).toThrow(
      expect.objectContaining({
        issue: expect.objectContaining({ code: 'sql.syntax', query: { sql, offset } }) as unknown,
      }),
    );
  });
});
