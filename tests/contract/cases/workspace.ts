// Rows in the document, and tables that the workspace keeps from one run to another.
import { asSluiceError } from '../../../shared/errors.ts';
import { load } from '../../../shared/pipeline/load.ts';
import { planPipeline } from '../../../shared/run/plan.ts';
import { listTables, removeTable } from '../../../shared/run/workspace-tables.ts';
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';

function inline(name: string, source: string, expected: unknown): ContractCase {
  return {
    name,
    run: async ({ platform }) => {
      const { columns, shown, error, issue, notices } = await runDocument(
        platform,
        `sources:\n${source}stages: [[{ name: result, query: SELECT * FROM data, show: 0 }]]\n`,
      );
      return error === undefined
        ? { columns: columns['data'], rows: shown['result'], notices }
        : { error, ...(error.startsWith('type') ? { message: issue?.message } : {}) };
    },
    expected,
  };
}

const keep = (query: string, name = 'kept') => `sources: []
stages: [[{ name: result, query: "${query}" }]]
destination: { type: in_memory, name: ${name} }
`;

const showKept = `sources: [{ type: in_memory, name: Kept }]
stages: [[{ name: result, query: SELECT * FROM kept ORDER BY ALL, show: 0 }]]
`;

export const workspaceCases: readonly ContractCase[] = [
  inline(
    'inline rows get the types that a file of them would get',
    `  - type: inline
    name: data
    rows:
      - { id: 1, big: 9007199254740993, share: 0.5, ok: true, text: 01, tags: [a, b], at: { x: 1, y: ~ } }
      - { id: 2, big: -1, share: 2, ok: ~, text: "02", tags: [], at: { x: 2 } }
`,
    {
      columns:
        'id BIGINT, big BIGINT, share DOUBLE, ok BOOLEAN, text VARCHAR, tags VARCHAR[], at STRUCT(x BIGINT, y VARCHAR)',
      rows: [
        ['1', '9007199254740993', 0.5, true, '1', ['a', 'b'], { x: '1', y: null }],
        ['2', '-1', 2, null, '02', [], { x: '2', y: null }],
      ],
      notices: ['run.no_output', 'type.kept_as_text'],
    },
  ),
  inline(
    'inline rows are cast to a declared schema',
    `  - type: inline
    name: data
    schema: [{ name: id, data_type: int32 }, { name: price, data_type: "decimal<10,2>" }, { name: day, data_type: date }]
    rows: [{ id: 1, price: "1.50", day: "2024-02-29" }, { price: "-0.05" }]
`,
    {
      columns: 'id INTEGER, price DECIMAL(10,2), day DATE',
      rows: [
        [1, '1.50', '2024-02-29'],
        [null, '-0.05', null],
      ],
      notices: ['run.no_output'],
    },
  ),
  inline(
    'inline CSV gets the types that a file of it would get',
    `  - type: inline
    name: data
    csv: |
      id,day,name
      1,2024-02-29,"Doe, J."
      2,,
`,
    {
      columns: 'id BIGINT, day DATE, name VARCHAR',
      rows: [
        ['1', '2024-02-29', 'Doe, J.'],
        ['2', null, null],
      ],
      notices: ['run.no_output'],
    },
  ),
  inline('no inline rows are an empty relation', '  - { type: inline, name: data, rows: [] }\n', {
    columns: 'json VARCHAR',
    rows: [],
    notices: ['file.no_columns', 'run.no_output'],
  }),
  inline(
    'a value that JSON does not have is refused at its place',
    '  - { type: inline, name: data, rows: [{ a: 1 }, { a: [1, .nan] }] }\n',
    { error: 'type.unsupported at 2:59', message: 'NaN cannot stand in the rows of an inline source.' },
  ),
  inline(
    'inline rows of another type than declared are told at the rows',
    '  - { type: inline, name: data, rows: [{ a: one }], schema: [{ name: a, data_type: int32 }] }\n',
    { error: 'file.corrupt at 2:39' },
  ),
  {
    name: 'a table that a run keeps is there for the next one, whole, and is replaced by the next',
    run: async ({ platform }) => {
      const first = await runDocument(platform, keep('SELECT i::INTEGER AS i FROM range(3) t(i)'));
      const written = first.events.find(({ type }) => type === 'destination_completed');
      const read = await runDocument(platform, showKept);
      const tables = await listTables(platform.engine);
      await runDocument(platform, keep("SELECT 'other' AS word"));
      const again = await runDocument(platform, showKept);
      return {
        written: written && 'rows' in written && [written.rows, 'bytes' in written],
        rows: read.shown['result'],
        completed: read.events.flatMap((event) => (event.type === 'source_completed' ? [event.rows] : [])),
        tables,
        again: again.shown['result'],
      };
    },
    expected: {
      written: [3, false],
      rows: [[0], [1], [2]],
      completed: [3],
      tables: [{ name: 'kept', columns: [{ name: 'i', type: 'INTEGER' }], rows: 3 }],
      again: [['other']],
    },
  },
  {
    name: 'a run may read the table that it replaces',
    run: async ({ platform }) => {
      await runDocument(platform, keep('SELECT 1 AS i'));
      const grow = `sources: [{ type: in_memory, name: kept }]
stages: [[{ name: result, query: SELECT i FROM kept UNION ALL SELECT i + 1 FROM kept }]]
destination: { type: in_memory, name: kept }
`;
      const outcomes = [(await runDocument(platform, grow)).outcome, (await runDocument(platform, grow)).outcome];
      return { outcomes, rows: (await runDocument(platform, showKept)).shown['result'] };
    },
    expected: { outcomes: ['succeeded', 'succeeded'], rows: [[1], [2], [2], [3]] },
  },
  {
    name: 'a run that fails or is cancelled while it writes leaves the kept table as it was',
    run: async ({ platform }) => {
      await runDocument(platform, keep('SELECT 1 AS i'));
      const failed = await runDocument(platform, keep("SELECT ('x' || i)::INTEGER AS i FROM range(3) t(i)"));
      const controller = new AbortController();
      const cancelled = await runDocument(
        platform,
        keep('SELECT count(*) AS c FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3'),
        {
          signal: controller.signal,
          onEvent: (event) => {
            if (event.type === 'destination_started') setTimeout(() => controller.abort(), 20);
          },
        },
      );
      return {
        outcomes: [failed.error, cancelled.outcome],
        rows: (await runDocument(platform, showKept)).shown['result'],
        tables: (await listTables(platform.engine)).map(({ name, rows }) => [name, rows]),
      };
    },
    expected: { outcomes: ['sql.failed at 2:34', 'cancelled'], rows: [[1]], tables: [['kept', 1]] },
  },
  {
    name: 'a table that no run has kept is told with the one that may be meant',
    run: async ({ platform }) => {
      const none = await runDocument(platform, showKept);
      await runDocument(platform, keep('SELECT 1 AS i', 'kebt'));
      const near = await planPipeline(load(showKept, {}), platform);
      return {
        none: none.error,
        near: near.issues.filter(({ severity }) => severity === 'error').map(({ code, hint }) => [code, hint]),
      };
    },
    expected: { none: 'table.not_found at 1:36', near: [['table.not_found', 'Did you mean "kebt"?']] },
  },
  {
    name: 'a kept table can be removed',
    run: async ({ platform }) => {
      await runDocument(platform, keep('SELECT 1 AS i', '"odd name"').replaceAll("'", ''));
      await removeTable('Odd Name', platform.engine);
      const again = removeTable('odd name', platform.engine).catch((thrown: unknown) => asSluiceError(thrown).code);
      return { left: await listTables(platform.engine), again: await again };
    },
    expected: { left: [], again: 'table.not_found' },
  },
];
