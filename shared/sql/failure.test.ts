import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { failure, messageOf, type Issue } from '../errors.ts';
import { fromDuckDB, isFatal } from './failure.ts';
import { wrapQuery, type WrappedQuery } from './statement.ts';

const instance = await DuckDBInstance.create(':memory:', { autoload_known_extensions: 'false' });
const native = await instance.connect();
await native.run('SET errors_as_json = true');
await native.run("CREATE TABLE src AS SELECT 'abc' AS s");
await native.run('CREATE VIEW v AS (\nSELECT /* some words that shift it */ s::INTEGER AS x FROM src\n)');

async function fail(wrapped: WrappedQuery): Promise<string> {
  try {
    await native.run(wrapped.sql);
  } catch (thrown) {
    return messageOf(thrown);
  }
  throw new Error(`${wrapped.sql} did not fail`);
}

async function explain(query: string): Promise<Issue & { readonly at: string | undefined }> {
  const wrapped = wrapQuery('SELECT * FROM (', query, ')');
  const { issue } = fromDuckDB(await fail(wrapped), wrapped);
  return { ...issue, at: issue.query && query.slice(issue.query.offset) };
}

describe('fromDuckDB, with what native DuckDB says', () => {
  it.each([
    ['SELECT 1 frm x y', 'sql.syntax', 'x y'],
    ["SELECT 'é🦆', '🦆' frm x y", 'sql.syntax', 'x y'],
    ['SELECT 1 +', 'sql.syntax', '+'],
    ['SELECT 1 FROM', 'sql.syntax', 'FROM'],
    ['SELECT 1 FROM src HAVING -- and then\n', 'sql.syntax', 'HAVING -- and then\n'],
    ["SELECT 'é🦆', foo", 'sql.binding', 'foo'],
    ['SELECT \'é\', "Föö" + 1 FROM src', 'sql.binding', '"Föö" + 1 FROM src'],
    ["SELECT\u00a0'\u00a0' /*\u00a0*/,\u00a0foo --\u00a0", 'sql.binding', 'foo --\u00a0'],
    ["SELECT '🦆', nofun(1)", 'sql.binding', 'nofun(1)'],
    ['SELECT 1 FROM nope', 'sql.binding', 'nope'],
    ["SELECT '🦆', 'abc'::INTEGER", 'sql.failed', '::INTEGER'],
    ['SELECT s = 1 FROM src', 'sql.failed', 's = 1 FROM src'],
    ["SELECT error('boom')", 'sql.failed', undefined],
    ['SELECT 127::TINYINT + 127::TINYINT', 'sql.failed', undefined],
  ])('%s', async (query, code, at) => {
    expect(await explain(query)).toMatchObject({ code, at });
  });

  it('gives no place for a failure inside a view, whose text DuckDB counts in', async () => {
    const issue = await explain('SELECT 1 AS one, 2 AS two, x AS three FROM v WHERE x > 1 AND x < 1000000');
    expect(issue).toMatchObject({ code: 'sql.failed', message: expect.stringContaining("'abc'") as string });
    expect(issue.query).toBeUndefined();
  });

  it('says in one line what is wrong, and what was meant in the hint', async () => {
    expect(await explain('SELECT s2 FROM src')).toMatchObject({
      message: 'Referenced column "s2" not found in FROM clause!',
      hint: 'Did you mean "s"?',
    });
    expect(await explain('FROM srcc')).toMatchObject({
      message: 'Table with name srcc does not exist!',
      hint: 'Did you mean "src"?',
    });
    expect((await explain('FROM pg_nothing_like_it')).hint).toBeUndefined();
    expect(await explain('SELECT upper(1, 2)')).toMatchObject({
      code: 'sql.binding',
      message: expect.stringMatching(/^No function matches the given name and argument types 'upper/) as string,
      hint: 'It takes: upper(VARCHAR) -> VARCHAR.',
    });
  });

  it('does not propose schemas of our own, nor leave a query that wants a file without advice', () => {
    const at = wrapQuery('', 'FROM main.t', '');
    const said = (fields: object): Issue => fromDuckDB(JSON.stringify(fields), at).issue;
    const missing = {
      exception_type: 'Catalog',
      exception_message: 'Table with name t does not exist!',
      type: 'Table',
    };
    expect(said({ ...missing, name: 'main.t', candidates: 'memory.planned.t' }).hint).toBe('Did you mean "t"?');
    const refused = 'Cannot access file "a.csv" - file system operations are disabled by configuration';
    expect(said({ exception_type: 'Permission', exception_message: refused })).toMatchObject({
      code: 'file.forbidden',
      hint: 'A query reads no files: make the file a source, and read that.',
    });
  });

  it('names a missing extension', async () => {
    expect(await explain('SELECT st_point(1, 2)')).toMatchObject({
      code: 'document.unsupported',
      hint: 'It needs a relay whose DuckDB has the spatial extension.',
    });
  });

  it('tells a missing file', async () => {
    expect(await explain("FROM read_csv('no-such-file.csv')")).toMatchObject({ code: 'file.not_found' });
  });

  it('tells out of memory', async () => {
    const small = await (
      await DuckDBInstance.create(':memory:', { memory_limit: '20MB', temp_directory: '' })
    ).connect();
    const sql = "SELECT count(DISTINCT i || repeat('x', 100)) FROM range(1000000) t(i)";
    const thrown: unknown = await small.run(sql).catch((error: unknown) => error);
    const error = fromDuckDB(messageOf(thrown), { sql, query: sql, prefix: 0 });
    expect(error.issue).toMatchObject({ code: 'engine.out_of_memory', hint: expect.any(String) as string });
    expect(error.message).toMatch(
      /^The memory limit of 1\d\.\d MiB is reached: [\d.]+ \w+ are in use, and [\d.]+ \w+ more /,
    );
  });
});

describe('fromDuckDB, with messages seen elsewhere', () => {
  const wrapped = wrapQuery('', 'SELECT now()', '');
  const json = (type: string, message: string): string =>
    JSON.stringify({ exception_type: type, exception_message: message });

  it.each([
    [json('INTERRUPT', 'Interrupted!'), 'run.cancelled', 'The run was cancelled.'],
    ['INTERRUPT Error: Interrupted!', 'run.cancelled', 'The run was cancelled.'],
    [json('Permission', 'Cannot access file "/etc/passwd"'), 'file.forbidden', 'Cannot access file "/etc/passwd"'],
    [json('IO', 'Could not write file "x": No space left on device'), 'storage.full', 'Could not write file'],
    [json('IO', 'Could not read'), 'file.failed', 'Could not read'],
    [json('Invalid Input', "No magic bytes found at end of file 'x'"), 'file.corrupt', 'No magic bytes'],
    [
      json('Conversion', 'CSV Error on Line: 7\nOriginal Line: a,b\nExpected 3 columns\n\nmore'),
      'file.corrupt',
      'Line 7 of the CSV file: Expected 3 columns',
    ],
    [
      json('Extension Autoloading', "An error occurred while trying to load the required extension 'icu':\nno"),
      'place.unsupported',
      "This needs DuckDB's icu extension.",
    ],
    [
      json(
        'Catalog',
        'Table Function with name "read_json" is not in the catalog, but it exists in the json extension.',
      ),
      'place.unsupported',
      "The browser's DuckDB has no function read_json.",
    ],
    [
      json('Catalog', 'Scalar Function with name variant_to_parquet_variant does not exist!\nDid you mean "x"?'),
      'place.unsupported',
      "The browser's DuckDB has no function variant_to_parquet_variant.",
    ],
    [
      json('Catalog', 'Collation with name "de" is not in the catalog, but it exists in the icu extension.'),
      'place.unsupported',
      'Collation with name "de" is not in the catalog',
    ],
    ['Binder Error: no\n\nLINE 1: SELECT now()\n               ^', 'sql.binding', 'no'],
    ['Invalid Input Error: {"exception_type"} }', 'sql.failed', '{"exception_type"} }'],
    ['something else', 'sql.failed', 'something else'],
  ])('%s', (message, code, text) => {
    const error = fromDuckDB(message, wrapped);
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
  });
});

describe('hints', () => {
  it('a reserved word as a name is to be quoted', async () => {
    const quoted = 'order is a reserved word. If it is meant as a name, put it in quotes: "order".';
    expect((await explain('SELECT * FROM order')).hint).toBe(quoted);
    expect((await explain('SELECT 1 AS a order')).hint).toBeUndefined();
  });

  it('names keep their blanks and commas', async () => {
    expect((await explain('SELECT name FROM (SELECT 1 AS " name ")')).hint).toBe('Did you mean " name "?');
    expect((await explain('SELECT last FROM (SELECT 1 AS "last, first")')).hint).toBe('Did you mean "last, first"?');
    expect((await explain('SELECT ab FROM (SELECT 1 AS aa, 2 AS ac)')).hint).toBe('Did you mean "aa" or "ac"?');
  });

  it('functions are told that are near, and no others (nofun was said to be count)', async () => {
    expect((await explain('SELECT uper(s) FROM src')).hint).toBe('Did you mean "upper"?');
    for (const query of ['SELECT nofun(1)', "SELECT getenv('HOME')"]) {
      expect(JSON.stringify(await explain(query))).not.toContain('Did you mean');
    }
  });

  it('an expression that is too deep is to be parted', async () => {
    const { hint } = await explain(`SELECT ${'1+'.repeat(1200)}1`);
    expect(hint).toBe('Make it shorter, or compute parts of it in a CTE or in a stage before this one.');
  });
});

describe('isFatal', () => {
  it('knows traps and failures that end the engine', () => {
    expect(isFatal(new WebAssembly.RuntimeError('unreachable'))).toBe(true);
    expect(isFatal(new Error('memory access out of bounds'))).toBe(true);
    expect(isFatal(new Error('null function or function signature mismatch'))).toBe(true);
    expect(isFatal(new RangeError('Maximum call stack size exceeded'))).toBe(true);
    expect(isFatal(new Error('INTERNAL Error: Attempted to access index 1'))).toBe(true);
    expect(isFatal(new Error('{"exception_type":"FATAL","exception_message":"database has been invalidated"}'))).toBe(
      true,
    );
    expect(isFatal(failure('engine.died', 'It stopped.'))).toBe(true);
  });

  it('is not deceived by what a query says', async () => {
    const message = await fail({ sql: "SELECT error('unreachable')", query: '', prefix: 0 });
    expect(isFatal(new Error(message))).toBe(false);
    expect(isFatal(failure('sql.failed', 'unreachable'))).toBe(false);
    expect(isFatal(new Error('Out of Memory Error: unreachable'))).toBe(false);
  });
});
