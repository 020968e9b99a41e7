// Every sort of error that DuckDB gives, while it parses, binds, plans and runs: a sentence for a person, and nothing of
// DuckDB's own format, its stack, our statements or advice that nobody can follow.
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';

const deep = `SELECT ${Array.from({ length: 1200 }, () => '1').join(' + ')} AS n`;

const queries: readonly (readonly [query: string, code: string])[] = [
  ['SELECT * FROM numbers LIMT 10', 'sql.syntax'],
  ['SELECT * FROM numbers GROUP BY', 'sql.syntax'],
  ['SELECT * FRM numbers', 'sql.syntax'],
  ['SELECT n numbers n FROM numbers', 'sql.syntax'],
  ['SELECT * FROM order', 'sql.syntax'],
  ['SELECT nothing FROM numbers', 'sql.binding'],
  ['SELECT * FROM nothing', 'sql.binding'],
  ['SELECT nothing(n) FROM numbers', 'sql.binding'],
  ['SELECT n FROM numbers GROUP BY n + 1', 'sql.binding'],
  [`SELECT n + DATE '2024-01-01' + 'x'::DATE FROM numbers`, 'sql.binding'],
  [`SELECT ('x' || n)::INTEGER FROM numbers`, 'sql.failed'],
  [`SELECT ('2024-13-' || n)::DATE FROM numbers`, 'sql.failed'],
  ['SELECT (n + 2147483647)::INTEGER FROM numbers', 'sql.failed'],
  [`SELECT error('no "way" {"type":"INTERNAL"}') FROM numbers`, 'sql.failed'],
  [`SELECT repeat('x', 100)::DECIMAL(38, 2) FROM numbers`, 'sql.failed'],
  [`SELECT regexp_matches('x', '(' || n) FROM numbers`, 'sql.failed'],
  [`SELECT strptime('x', '%Y') FROM numbers`, 'sql.failed'],
  ['SELECT (SELECT n FROM numbers) FROM numbers', 'sql.failed'],
  [deep, 'sql.syntax'],
];

const foreign = /exception_type|stack trace|node_modules|\bSET \w|max_expression_depth|LINE \d+:|\/tmp\/|sluice-/i;

const readsNoFiles = 'A query reads no files: make the file a source, and read that.';

/** What to do about a name that is a reserved word or unknown, in either dialect. */
const hinted: readonly (readonly [query: string, duckdb: string, datafusion: string])[] = [
  ['SELECT * FROM order', quoted('order'), 'It can read numbers.'],
  ['SELECT n FROM numbers JOIN table ON 1 = 1', quoted('table'), 'It can read numbers.'],
  ['SELECT order FROM numbers', quoted('order'), quoted('order')],
  ['SELECT group FROM numbers', quoted('group'), quoted('group')],
  ['SELECT nofun(1)', 'none', 'none'],
  ['SELECT uper(1)', 'Did you mean "upper"?', 'Did you mean "upper"?'],
  ['SELECT n AS "order" FROM numbers WHERE order = 1', quoted('order'), quoted('order')],
  ['WITH order AS (SELECT 1 AS n) SELECT * FROM numbers', quoted('order'), 'none'],
  ['SELECT * FROM nothing', 'It can read numbers.', 'It can read numbers.'],
  ['SELECT * FROM numbrs', 'Did you mean "numbers"?', 'Did you mean "numbers"?'],
  ['SELECT CAST(n AS INTT) FROM numbers', 'Did you mean "BIGINT"?', 'Did you mean "int"?'],
  [`SELECT * FROM read_csv(n, 2)`, readsNoFiles, readsNoFiles],
  ['SELECT n FROM numbers WHERE n = 1 AND AND', 'none', 'none'],
];

function quoted(word: string): string {
  return `${word} is a reserved word. If it is meant as a name, put it in quotes: "${word}".`;
}

export const errorTextCases: readonly ContractCase[] = [
  {
    name: 'a name without a character is told in words',
    run: async ({ platform }) => {
      const { issue } = await runDocument(
        platform,
        'sources: []\nstages: [[{ name: s, query: \'SELECT 5 AS ""\', show: 1 }]]\n',
      );
      return [issue?.code, issue?.message];
    },
    expected: ['sql.syntax', 'A name in quotes has no character in it.'],
  },
  {
    name: 'a number that is not finite may stand in a query (was "Unexpected token", of the parse that is looked through)',
    run: async ({ platform }) => {
      const { shown, issue } = await runDocument(
        platform,
        `dialect: duckdb
sources: []
stages: [[{ name: result, query: "SELECT 1e400 > 1 AS a, -1e400 < 1 AS b, 'Infinity, \\"NaN' AS c", show: 1 }]]
`,
      );
      return shown['result'] ?? issue?.message;
    },
    expected: [[true, true, 'Infinity, "NaN']],
  },
  ...['duckdb', 'datafusion'].map((dialect): ContractCase => ({
    name: `a table that is read twice is told by its own name, ${dialect} (was told with the schema that it is kept in)`,
    run: async ({ platform }) => {
      const { issue } = await runDocument(
        platform,
        `dialect: ${dialect}
sources: [{ type: inline, name: numbers, rows: [{ n: 1 }] }]
stages: [[{ name: result, query: SELECT * FROM numbers JOIN numbers ON true }]]
`,
      );
      return [issue?.code, JSON.stringify(issue).includes('planned')];
    },
    expected: ['sql.binding', false],
  })),
  {
    name: 'a query that reads a file is told at the query, not at the source that has the file',
    run: async ({ platform, addFile }) => {
      await addFile('a.csv', 'n\n1\n');
      const { error, issue } = await runDocument(
        platform,
        `dialect: duckdb
sources: [{ type: file, name: data, location: a.csv, format: { type: csv } }]
stages: [[{ name: result, query: "SELECT * FROM 'a.csv', data", show: 1 }]]
`,
      );
      return [error, issue?.hint];
    },
    expected: ['file.forbidden at 3:34', readsNoFiles],
  },
  ...['duckdb', 'datafusion'].map((dialect, index): ContractCase => ({
    name: `a query that names a reserved word or nothing that is there has a hint, ${dialect} (had none in one dialect)`,
    run: async ({ platform }) => {
      const seen: unknown[] = [];
      for (const [query] of hinted) {
        const { issue } = await runDocument(
          platform,
          `dialect: ${dialect}
sources: [{ type: inline, name: numbers, rows: [{ n: 1 }, { n: 2 }] }]
stages: [[{ name: result, query: ${JSON.stringify(query)}, show: 5 }]]
`,
        );
        seen.push([query, issue?.hint ?? 'none']);
      }
      return seen;
    },
    expected: hinted.map(([query, ...hints]) => [query, hints[index]]),
  })),
  {
    name: 'what DuckDB says when a query fails is a sentence (was JSON, a stack, or advice that is impossible here)',
    run: async ({ platform }) => {
      const seen: unknown[] = [];
      for (const [query] of queries) {
        const { issue } = await runDocument(
          platform,
          `sources:
  - { type: inline, name: numbers, rows: [{ n: 1 }, { n: 2 }] }
stages: [[{ name: result, query: ${JSON.stringify(query)}, show: 5 }]]
`,
        );
        const { code, message = '', hint = '', cause = '' } = issue ?? {};
        const found = foreign.exec(`${message}\n${hint}\n${cause}`)?.[0];
        seen.push([query.slice(0, 60), code, found ?? (message === '' ? 'nothing' : 'fine')]);
      }
      return seen;
    },
    expected: queries.map(([query, code]) => [query.slice(0, 60), code, 'fine']),
  },
];
