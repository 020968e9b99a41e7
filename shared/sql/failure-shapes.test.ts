// Errors in every shape that both engines were seen to give them.
import { describe, expect, it } from 'vitest';
import { fromDuckDB, isFatal } from './failure.ts';
import { wrapQuery } from './statement.ts';

/** Every shape in which an error was seen, on native DuckDB (N) and DuckDB-WASM (W), and what is to be read of it. */
const shapes: readonly (readonly [string, string, string])[] = [
  // N extractStatements, N run and W query, W send
  [
    String.raw`Failed to extract statements: Parser Error: {"exception_type":"Parser","exception_message":"syntax error at or near \"x\"","error_subtype":"SYNTAX_ERROR","position":"13"}`,
    'sql.syntax',
    'syntax error at or near "x"',
  ],
  [
    String.raw`Parser Error: {"exception_type":"Parser","exception_message":"syntax error at or near \"x\"","error_subtype":"SYNTAX_ERROR","position":"13"}`,
    'sql.syntax',
    'syntax error at or near "x"',
  ],
  [
    String.raw`{"exception_type":"Parser","exception_message":"{\"exception_type\":\"Parser\",\"exception_message\":\"syntax error at or near \\\"x\\\"\",\"error_subtype\":\"SYNTAX_ERROR\",\"position\":\"13\"}","error_subtype":"SYNTAX_ERROR","position":"13"}`,
    'sql.syntax',
    'syntax error at or near "x"',
  ],
  [
    String.raw`{"exception_type":"Parser","exception_message":"{\"exception_type\":\"Parser\",\"exception_message\":\"SELECT clause without selection list\"}"}`,
    'sql.syntax',
    'SELECT clause without selection list',
  ],
  [
    String.raw`{"exception_type":"Catalog","exception_message":"{\"exception_type\":\"Catalog\",\"exception_message\":\"Column with name a already exists!\"}"}`,
    'sql.binding',
    'Column with name a already exists!',
  ],
  [
    String.raw`Catalog Error: {"exception_type":"Catalog","exception_message":"Column with name a already exists!"}`,
    'sql.binding',
    'Column with name a already exists!',
  ],
  // N and W alike
  [
    String.raw`{"exception_type":"Parser","exception_message":"Max expression depth limit of 1000 exceeded. Use \"SET max_expression_depth TO x\" to increase the maximum expression depth."}`,
    'sql.syntax',
    'Max expression depth limit of 1000 exceeded.',
  ],
  [
    String.raw`{"exception_type":"Invalid Input","exception_message":"More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.\n\nUse \"SET scalar_subquery_error_on_multiple_rows=false\" to revert to previous behavior of returning a random row."}`,
    'sql.failed',
    'More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.',
  ],
  [
    String.raw`{"exception_type":"Out of Memory","exception_message":"failed to pin block of size 256.0 KiB (47.4 MiB/47.6 MiB used)\n\nPossible solutions:\n* Reducing the number of threads (SET threads=X)\n* Disabling insertion-order preservation (SET preserve_insertion_order=false)\n* Increasing the memory limit (SET memory_limit='...GB')\n\nSee also https://duckdb.org/docs/stable/guides/performance/how_to_tune_workloads"}`,
    'engine.out_of_memory',
    'failed to pin block of size 256.0 KiB (47.4 MiB/47.6 MiB used)',
  ],
  [
    String.raw`{"exception_type":"Catalog","exception_message":"Type with name \"JSON\" is not in the catalog, but it exists in the json extension.\n\nPlease try installing and loading the json extension by running:\nINSTALL json;\nLOAD json;\n\nAlternatively, consider enabling auto-install and auto-load by running:\nSET autoinstall_known_extensions=1;\nSET autoload_known_extensions=1;"}`,
    'place.unsupported',
    'Type with name "JSON" is not in the catalog, but it exists in the json extension.',
  ],
  [
    String.raw`{"exception_type":"INTERNAL","exception_message":"Attempted to access index 1 within vector of size 1","stack_trace":"\n/x/node_modules/@duckdb/libduckdb.so(_ZN6duckdb)"}`,
    'engine.died',
    'Attempted to access index 1 within vector of size 1',
  ],
  [
    String.raw`{"exception_type":"FATAL","exception_message":"Failed: database has been invalidated because of a previous fatal error. The database must be restarted prior to being used again.\nOriginal error: \"Information loss on integer cast: value -62 outside of target range [0, 1]\""}`,
    'engine.died',
    'Information loss on integer cast: value -62 outside of target range [0, 1]',
  ],
  [
    "INTERNAL Error: Attempted to access index 1\nThis error signals an assertion failure within DuckDB. This usually occurs due to unexpected conditions or errors in the program's logic.\nFor more information, see https://duckdb.org/docs/stable/dev/internal_errors",
    'engine.died',
    'Attempted to access index 1',
  ],
  [
    String.raw`{"exception_type":"Conversion","exception_message":"Could not convert string 'a' to INT32","position":"10"}`,
    'sql.failed',
    "Could not convert string 'a' to INT32",
  ],
  [
    String.raw`{"exception_type":"Out of Range","exception_message":"Overflow in addition of INT8 (127 + 127)!"}`,
    'sql.failed',
    'Overflow in addition of INT8 (127 + 127)!',
  ],
  [
    String.raw`{"exception_type":"Permission","exception_message":"Loading external extensions is disabled through configuration"}`,
    'file.forbidden',
    'Loading external extensions is disabled through configuration',
  ],
  [
    String.raw`{"exception_type":"Not implemented","exception_message":"unicode_to_utf8 NOT IMPLEMENTED"}`,
    'sql.failed',
    'unicode_to_utf8 NOT IMPLEMENTED',
  ],
];

describe('no shape of an error is shown raw', () => {
  it.each(shapes)('%s', (message, code, text) => {
    const { issue } = fromDuckDB(message, wrapQuery('', 'SELECT 1 AS frm x y', ''));
    expect(issue).toMatchObject({ code, message: text });
    expect(JSON.stringify(issue)).not.toMatch(/exception_|stack_trace|node_modules|\bSET |https?:|INSTALL/);
  });

  it('a message of any length is cut', () => {
    const message = JSON.stringify({ exception_type: 'Invalid Input', exception_message: 'x'.repeat(1_000_000) });
    const { issue } = fromDuckDB(message, wrapQuery('', 'SELECT 1', ''));
    expect(issue.message).toMatch(/^x{4000}… \(1000000 characters\) …x{4000}$/);
    expect(JSON.stringify(issue).length).toBeLessThan(20_000);
  });

  it('a query cannot raise an error of another type', () => {
    const raised = JSON.stringify({ exception_type: 'FATAL', exception_message: 'gone' });
    const message = JSON.stringify({ exception_type: 'Invalid Input', exception_message: raised });
    expect(isFatal(new Error(message))).toBe(false);
    expect(fromDuckDB(message, wrapQuery('', 'SELECT 1', '')).issue).toMatchObject({ code: 'sql.failed' });
  });
});
