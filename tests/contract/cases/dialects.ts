// Documents in both dialects, one after the other on one engine, and what is told of queries that were rewritten.
import { failure, SluiceError } from '../../../shared/errors.ts';
import { inDialect } from '../../../shared/run/in-dialect.ts';
import { translate } from '../../../shared/sql/translate.ts';
import { rowsOf } from '../../../shared/values/codec.ts';
import type { Engine } from '../../../shared/platform.ts';
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';
import { askInDialect, makeTables } from './datafusion.ts';

const numbers = 'n,word\n7,abc\n,\n2,xyz\n';

const query = `SELECT N / 2 AS Half, word ~ 'b' AS has_b, ROUND(n) AS r FROM numbers ORDER BY n DESC`;

function documentOf(head: string, sql: string, more = ''): string {
  return `${head}
sources:
  - { type: file, name: numbers, location: numbers.csv, format: csv }
stages:
  - - name: result
      query: |
        ${sql.replaceAll('\n', '\n        ')}
      show: 10
      print_schema: true
${more}`;
}

async function rows(engine: Engine, sql: string): Promise<unknown> {
  const { columns, batches } = await engine.query(sql);
  const found: unknown[] = [];
  for await (const batch of batches) found.push(...rowsOf(batch, columns));
  return found;
}

async function issueOf(task: Promise<unknown>): Promise<unknown> {
  try {
    await task;
    throw failure('internal', 'It did not fail.');
  } catch (thrown) {
    if (!(thrown instanceof SluiceError)) throw thrown;
    const { code, message, query: at } = thrown.issue;
    return { code, message, at: at?.sql.slice(at.offset) };
  }
}

export const dialectCases: readonly ContractCase[] = [
  {
    name: 'a document that says its version means DataFusion, one that does not DuckDB, in any order',
    run: async ({ platform, addFile }) => {
      await addFile('numbers.csv', numbers);
      const shown = [];
      for (const head of ['version: v2', '', 'dialect: datafusion', 'version: v2\ndialect: duckdb']) {
        shown.push((await runDocument(platform, documentOf(head, query))).shown['result']);
      }
      return shown;
    },
    expected: [
      [
        [null, null, null],
        ['3', true, 7],
        ['1', false, 2],
      ],
      [
        [3.5, false, '7'],
        [1, false, '2'],
        [null, null, null],
      ],
      [
        [null, null, null],
        ['3', true, 7],
        ['1', false, 2],
      ],
      [
        [3.5, false, '7'],
        [1, false, '2'],
        [null, null, null],
      ],
    ],
  },
  {
    name: 'columns of a stage have the names and types that DataFusion gives them',
    run: async ({ platform, addFile }) => {
      await addFile('numbers.csv', numbers);
      const sql = `SELECT count(*), sum(n), avg(n), round(min(n), 1), date_part('year', DATE '2024-01-01') AS Y FROM numbers`;
      const { events, error } = await runDocument(platform, documentOf('version: v2', sql));
      const outputs = events.flatMap((event) => (event.type === 'stage_output' ? [event.output] : []));
      return { error, schema: outputs.flatMap((output) => (output.kind === 'print_schema' ? output.columns : [])) };
    },
    expected: {
      error: undefined,
      schema: [
        { name: 'count(*)', type: 'BIGINT' },
        { name: 'sum(numbers.n)', type: 'BIGINT' },
        { name: 'avg(numbers.n)', type: 'DOUBLE' },
        { name: 'round(min(numbers.n),Int64(1))', type: 'DOUBLE' },
        { name: 'y', type: 'INTEGER' },
      ],
    },
  },
  {
    name: 'what is wrong in a rewritten query is told where it was typed',
    run: async ({ platform, addFile }) => {
      await addFile('numbers.csv', numbers);
      const errors = [];
      for (const sql of [
        "SELECT 1.5 * n / 2, extract(year FROM DATE '2024-01-01'),\n  nope FROM numbers",
        'SELECT CAST(n AS BIGINT UNSIGNED) / 2,\n  nofun(n) FROM numbers',
        'SELECT n::INT,\n  sha512(word) FROM numbers',
        "SELECT 1.5,\n  to_char(DATE '2024-01-01', word) FROM numbers",
        'SELECT 1.5 * 2 frm\n  numbers x y',
      ]) {
        errors.push((await runDocument(platform, documentOf('version: v2', sql))).error);
      }
      return errors;
    },
    expected: [
      'sql.binding at 8:11',
      'sql.binding at 8:11',
      'document.unsupported at 8:11',
      'document.unsupported at 8:11',
      'sql.syntax at 8:11',
    ],
  },
  {
    name: 'where the dialects differ and a document says neither, a warning stands at that place',
    run: async ({ platform, addFile }) => {
      await addFile('numbers.csv', numbers);
      const sql = `SELECT n / 2 AS half, n / 2.0 AS exact,\n  word ~ 'b' AS has_b FROM numbers ORDER BY n DESC LIMIT 2`;
      const told = [];
      for (const head of ['', 'dialect: duckdb', 'version: v2']) {
        const { events } = await runDocument(platform, documentOf(head, sql));
        const notices = events.flatMap((event) =>
          event.type === 'notice' && event.issue.code === 'sql.dialect' ? [event.issue] : [],
        );
        told.push(notices.map(({ severity, place }) => `${severity} ${place?.line}:${place?.column}`));
      }
      return told;
    },
    expected: [['warning 7:18', 'warning 8:16', 'warning 8:55'], [], []],
  },
  {
    name: 'a check is written in the dialect of its document',
    run: async ({ platform, addFile }) => {
      await addFile('numbers.csv', numbers);
      const checks = `      checks: [{ type: expression, expression: "n / 2 * 2 <> n or word ~ 'z$'" }]\n`;
      const outcomes = [];
      for (const head of ['version: v2', 'dialect: duckdb']) {
        outcomes.push((await runDocument(platform, documentOf(head, 'SELECT * FROM numbers', checks))).outcome);
      }
      return outcomes;
    },
    expected: ['succeeded', 'failed'],
  },
  {
    name: 'planning in one dialect leaves what another made as it is',
    run: async ({ platform: { engine } }) => {
      const { sql } = translate(`SELECT 7 / 2 AS a, nvl(NULL, 'x') AS b, 'abc' ~ 'b' AS c, 5 % 3 AS d`, 'datafusion');
      await engine.execute(`CREATE VIEW kept AS ${sql}`, { dialect: 'datafusion' });
      const planned = await engine.bind(`SELECT 7 / 2 AS a, 'abc' ~ 'b' AS c, round(5) AS r`, [], {
        dialect: 'duckdb',
      });
      const unknown = await issueOf(engine.bind('SELECT nvl(NULL, 1)', [], { dialect: 'duckdb' }));
      const kept = await rows(inDialect(engine, 'datafusion'), 'FROM kept');
      return {
        planned: planned.columns,
        unknown,
        kept,
        after: await rows(engine, `SELECT 7 / 2, 'abc' ~ 'b', round(5)`),
      };
    },
    expected: {
      planned: [
        { name: 'a', type: 'DOUBLE' },
        { name: 'c', type: 'BOOLEAN' },
        { name: 'r', type: 'INTEGER' },
      ],
      unknown: {
        code: 'sql.binding',
        message: 'Scalar Function with name nvl does not exist!',
        at: 'nvl(NULL, 1)',
      },
      kept: [['3', 'x', true, '2']],
      after: [[3.5, false, 5]],
    },
  },
  {
    name: 'stages that need the same macro at a time both get it',
    run: async ({ platform: { engine } }) => {
      await makeTables(engine);
      const all = Array.from({ length: 8 }, (_, i) =>
        askInDialect(engine, `SELECT initcap(name) || nvl(n, ${i}) AS v FROM items WHERE id = 1`),
      );
      return new Set((await Promise.all(all)).map(String)).size;
    },
    expected: 1,
  },
  {
    name: 'what DataFusion fails at and DuckDB would let pass fails here too',
    run: async ({ platform: { engine } }) => {
      await makeTables(engine);
      const failed = [];
      for (const sql of [
        'SELECT n / 0 AS v FROM items',
        'SELECT n % (n - 10) AS v FROM items',
        `SELECT CAST('1.5' AS INT) AS v`,
        `SELECT substr('abc', 1, -1) AS v`,
        `SELECT split_part('a.b', '.', 0) AS v`,
        'SELECT power(2, -1) AS v',
        `SELECT unnest_json_array('{}') AS v`,
        `SELECT sum(9223372036854775807 - id + id) AS v FROM items`,
      ]) {
        const { code, message } = (await issueOf(askInDialect(engine, sql))) as { code: string; message: string };
        failed.push(`${code}: ${message}`);
      }
      return failed;
    },
    expected: [
      'sql.failed: Division by zero.',
      'sql.failed: Division by zero.',
      `sql.failed: Cannot cast text '1.5' to INTEGER.`,
      'sql.failed: A substring cannot have a negative length.',
      'sql.failed: The position of a part must not be zero.',
      'sql.failed: Whole numbers have no negative powers; make one of them a DOUBLE.',
      'sql.failed: unnest_json_array needs a JSON array, not {}',
      // DataFusion would begin again at the smallest number, which nobody wants.
      'sql.failed: 46116860184273879035 in column v is out of the range of BIGINT.',
    ],
  },
];
