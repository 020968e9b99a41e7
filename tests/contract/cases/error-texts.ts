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
