// Columns of the same name: what they are called, and that it is told, whatever made them.
import type { ContractCase } from '../case.ts';
import { runDocument, type Watched } from '../run-document.ts';
import { stages } from './over-numbers.ts';

/** What is told of renamed columns: the sentence and its place. */
function told({ events }: Watched): unknown[] {
  return events.flatMap((event) =>
    event.type === 'notice' && event.issue.code === 'stage.renamed_columns'
      ? [`${event.issue.place?.line}:${event.issue.place?.column} ${event.issue.message}`]
      : [],
  );
}

function renaming(name: string, body: string, rows: unknown, notices: readonly string[]): ContractCase {
  return stages(name, body, { rows, told: notices }, (watched) => ({
    rows: watched.shown['result'] ?? watched.error,
    told: told(watched),
  }));
}

export const columnNameCases: readonly ContractCase[] = [
  ...['duckdb', 'datafusion'].map((dialect) =>
    renaming(
      `columns of one name are told (were a_1 without a word), ${dialect}`,
      `dialect: ${dialect}
stages:
  - - { name: twice, query: 'SELECT 1 AS a, 2 AS a, 3 AS "A", 4 AS b' }
  - - { name: result, query: 'SELECT a, a_1, "A_2" FROM twice', show: 1 }
`,
      dialect === 'duckdb' ? [[1, 2, 3]] : [['1', '2', '3']],
      ['5:29 twice has columns of the same name: column 2, a, is called a_1; column 3, A, is called A_2.'],
    ),
  ),
  renaming(
    'columns of one name are told: of a join, once, and not where USING leaves one',
    `stages:
  - - { name: joined, query: SELECT * FROM numbers a JOIN numbers b ON a.n = b.n }
  - - { name: used, query: SELECT a.word AS w FROM numbers a JOIN numbers b USING (n) }
    - { name: result, query: SELECT n_1 FROM joined ORDER BY ALL, show: 1 }
`,
    [['1']],
    ['4:30 joined has columns of the same name: column 3, n, is called n_1; column 4, word, is called word_1.'],
  ),
  renaming(
    'columns of one name are told where they are known only once rows have been read, and behind that',
    `stages:
  - - name: pivoted
      query: SELECT *, 'more' AS one FROM (PIVOT numbers ON word USING sum(n))
  - - { name: plain, query: PIVOT numbers ON word USING sum(n) }
  - - { name: behind, query: 'SELECT 1 AS a, 2 AS a FROM plain' }
  - - { name: result, query: 'SELECT one_1, a_1 FROM pivoted, behind', show: 1 }
`,
    [['more', 2]],
    [
      '5:14 pivoted has columns of the same name: column 4, one, is called one_1.',
      '7:30 behind has columns of the same name: column 2, a, is called a_1.',
    ],
  ),
  renaming(
    'columns whose names end with a number are not told',
    `stages:
  - - { name: result, query: 'SELECT 1 AS a, 2 AS a_1, 3 AS a_2', show: 1 }
`,
    [[1, 2, 3]],
    [],
  ),
  renaming(
    'letters beyond A to Z are other names in capitals, as for DuckDB (a stage over É and é was refused)',
    `stages:
  - - { name: two, query: 'SELECT 1 AS "É", 2 AS "é"' }
  - - { name: result, query: 'SELECT "é", "É" FROM two', show: 1 }
`,
    [[2, 1]],
    [],
  ),
  ...['csv', 'json', 'parquet'].map((type): ContractCase => ({
    name: `letters beyond A to Z are other names in capitals, as for DuckDB: ${type}, there and back`,
    run: async ({ platform, readFile, addFile }) => {
      const written = await runDocument(
        platform,
        `sources: []
stages: [[{ name: s, query: 'SELECT 1::BIGINT AS "É", 2::BIGINT AS "é"' }]]
destination: { type: file, name: out, location: out.${type}, format: { type: ${type} } }
`,
      );
      await addFile(`again/out.${type}`, (await readFile(`out.${type}`)) ?? '');
      const { shown, notices, error } = await runDocument(
        platform,
        `sources: [{ type: file, name: data, location: again/out.${type}, format: { type: ${type} } }]
stages: [[{ name: result, query: 'SELECT "é", "É" FROM data', show: 1 }]]
`,
      );
      return [written.outcome, error ?? shown['result'], notices.filter((code) => code !== 'run.no_output')];
    },
    expected: ['succeeded', [['2', '1']], []],
  })),
];
