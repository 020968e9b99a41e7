// Stage semantics: names, groups, references, views and tables, what is shown.
import type { PlanNode } from '../../../shared/platform.ts';
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';
import { stages } from './over-numbers.ts';

function allNodes(nodes: readonly PlanNode[]): PlanNode[] {
  return nodes.flatMap((node) => [node, ...allNodes(node.children)]);
}

export const stageCases: readonly ContractCase[] = [
  stages(
    'stages may be named like SQL words',
    `stages:
  - - { name: union, query: SELECT n FROM numbers UNION ALL SELECT n + 10 FROM numbers }
  - - { name: select, query: SELECT sum(n)::BIGINT AS total FROM "union" }
  - - { name: join, query: 'SELECT total FROM "select"', show: 0 }
`,
    { outcome: 'succeeded', rows: [['42']] },
    ({ outcome, shown }) => ({ outcome, rows: shown['join'] }),
  ),
  stages(
    'in DataFusion’s dialect stages named like SQL words need no quotes (LEFT was taken for an alias of join)',
    `dialect: datafusion
stages:
  - - { name: union, query: SELECT n FROM numbers }
    - { name: join, query: 'SELECT unnest([1, 99]) AS n' }
  - - { name: left_joined, query: SELECT count(*) FROM join LEFT JOIN union USING (n), show: 0 }
    - { name: qualified, query: SELECT union.n FROM join RIGHT JOIN union ON join.n = union.n WHERE union.n < 3, show: 0 }
`,
    { outcome: 'succeeded', shown: { left_joined: [['2']], qualified: [['1'], ['2']] } },
    ({ outcome, shown }) => ({ outcome, shown }),
  ),
  stages(
    'a stage read once is a view, a stage read twice or shown and used is a table',
    `stages:
  - - { name: once, query: SELECT n FROM numbers }
    - { name: twice, query: SELECT n AS m FROM numbers }
    - { name: shown, query: SELECT n AS k FROM numbers, show: 1 }
    - { name: chance, query: SELECT random() AS r }
  - - name: result
      query: SELECT count(*) AS c FROM once, twice a, twice b, shown, chance
      show: 0
`,
    {
      executions: { once: 'view', twice: 'table', shown: 'table', chance: 'table', result: 'view' },
      rows: [['81']],
    },
    ({ executions, shown }) => ({ executions, rows: shown['result'] }),
  ),
  stages(
    'a table lives until its last reader, also when that reads it in a CTE, a sub-query or through a view',
    `stages:
  - - { name: base, query: SELECT n FROM numbers WHERE n > 1 }
  - - { name: first, query: SELECT max(n) AS top FROM base, show: 0 }
    - { name: through, query: SELECT n * 2 AS n FROM base }
  - - { name: between, query: SELECT 1 AS one, show: 0 }
  - - name: result
      query: |
        WITH wide AS (SELECT n FROM base)
        SELECT (SELECT sum(n)::BIGINT FROM wide) AS a, (SELECT sum(n)::BIGINT FROM through) AS b
      show: 0
`,
    { outcome: 'succeeded', rows: [['5', '10']], execution: 'table' },
    ({ outcome, shown, executions }) => ({ outcome, rows: shown['result'], execution: executions['base'] }),
  ),
  stages(
    'members of a group run in parallel and do not see each other',
    `stages:
  - - { name: odd, query: SELECT n FROM numbers }
    - { name: even, query: SELECT n FROM odd }
`,
    {
      error: 'sql.binding at 5:42',
      hint: 'odd is in the same group; a stage reads sources and stages of earlier groups.',
    },
    ({ error, issue }) => ({ error, hint: issue?.hint }),
  ),
  stages(
    'a CTE may shadow a source',
    `stages:
  - - { name: result, query: 'WITH numbers AS (SELECT n * 100 AS n FROM numbers) SELECT sum(n)::BIGINT FROM numbers', show: 0 }
`,
    [['600']],
    ({ shown }) => shown['result'],
  ),
  stages(
    'columns of the same name and of no type do not break a table',
    `stages:
  - - { name: odd, query: 'SELECT n, n, NULL AS nothing FROM numbers' }
  - - { name: a, query: SELECT count(*) AS c FROM odd }
    - { name: b, query: SELECT * FROM odd, show: 1 }
`,
    { outcome: 'succeeded', rows: [['1', '1', null]] },
    ({ outcome, shown }) => ({ outcome, rows: shown['b'] }),
  ),
  stages(
    'show gives as many rows as it says, nested values and nulls included, and tells that there are more',
    `stages:
  - - name: result
      query: |
        SELECT n, word, [word, NULL] AS l, {'n': n, 'odd': n % 2 = 1} AS s, nullif(n, 1) AS m FROM numbers ORDER BY n
      show: 2
`,
    {
      rows: [
        ['1', 'one', ['one', null], { n: '1', odd: true }, null],
        ['2', 'two', ['two', null], { n: '2', odd: false }, '2'],
      ],
      told: [2, true],
    },
    ({ shown, events }) => ({
      rows: shown['result'],
      told: events.flatMap((event) =>
        event.type === 'stage_output' && event.output.kind === 'show'
          ? [event.output.rows, event.output.truncated]
          : [],
      ),
    }),
  ),
  stages(
    'the order of a stage holds in views over it and in what is written',
    `stages:
  - - { name: sorted, query: SELECT n FROM numbers ORDER BY n DESC }
  - - { name: result, query: SELECT n * 10 AS n FROM sorted, show: 0 }
`,
    [['30'], ['20'], ['10']],
    ({ shown }) => shown['result'],
  ),
  stages(
    'SUMMARIZE, DESCRIBE, VALUES and FROM-first are queries too',
    `stages:
  - - { name: a, query: SUMMARIZE numbers }
    - { name: b, query: DESCRIBE numbers }
    - { name: c, query: 'VALUES (1), (2)' }
    - { name: d, query: FROM numbers }
  - - name: result
      query: SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b), (SELECT count(*) FROM c), (SELECT count(*) FROM d)
      show: 0
`,
    { outcome: 'succeeded', rows: [['2', '2', '2', '3']] },
    ({ outcome, shown }) => ({ outcome, rows: shown['result'] }),
  ),
  stages(
    'a stage shows 10,000 rows at most, and says so',
    `stages: [[{ name: result, query: SELECT i FROM range(12000) t(i), show: 11000 }]]
`,
    { rows: 10000, notices: ['document.unsupported', 'run.no_output'] },
    ({ shown, notices }) => ({ rows: shown['result']?.length, notices }),
  ),
  stages(
    'a column named like a relation is not a reading of it',
    `stages:
  - - { name: word, query: SELECT n FROM numbers }
  - - { name: result, query: SELECT word FROM numbers WHERE word IS NOT NULL ORDER BY word, show: 0 }
`,
    ['numbers'],
    ({ events }) =>
      events
        .flatMap((event) => (event.type === 'planned' ? event.plan.stages : []))
        .find(({ name }) => name === 'result')?.reads,
  ),
  stages(
    'explain and print_schema give structure',
    `stages:
  - - { name: result, query: SELECT n FROM numbers WHERE n > 1, explain: true, print_schema: true }
`,
    [
      { kind: 'explain', nodes: true },
      { kind: 'print_schema', columns: [{ name: 'n', type: 'BIGINT' }] },
    ],
    ({ events }) =>
      events.flatMap((event) => {
        if (event.type !== 'stage_output') return [];
        const { output } = event;
        return [output.kind === 'explain' ? { kind: output.kind, nodes: output.plan.length > 0 } : output];
      }),
  ),
  stages(
    'explain shows the plan of the query itself, explain_analyze what it did',
    `stages:
  - - { name: seen, query: SELECT n FROM numbers, show: 1 }
  - - { name: result, query: SELECT count(*) AS c FROM seen WHERE n > 1, explain: true, explain_analyze: true }
    - { name: plain, query: SELECT count(*) AS c FROM seen WHERE n > 1, explain: true }
`,
    [
      { stage: 'plain', analyzed: false, measured: false, scans: true },
      { stage: 'result', analyzed: true, measured: [1, 2], scans: true },
    ],
    ({ events }) =>
      events
        .flatMap((event) => {
          if (event.type !== 'stage_output' || event.output.kind !== 'explain') return [];
          const { plan, analyzed } = event.output;
          const nodes = allNodes(plan);
          const scan = nodes.find(({ name }) => name.includes('SCAN'));
          const rows = [plan[0]?.measured?.rows, nodes.at(-1)?.measured?.rows];
          return [
            { stage: event.name, analyzed, measured: analyzed ? rows : 'measured' in (plan[0] ?? {}), scans: !!scan },
          ];
        })
        .sort((a, b) => (a.stage < b.stage ? -1 : 1)),
  ),
  {
    name: 'explain_analyze names files as the document does (it showed private folders)',
    run: async ({ platform, addFile }) => {
      await addFile('few [1].csv', 'n\n1\n');
      await addFile('many/a, b.csv', 'm\n1\n');
      await addFile('many/c.csv', 'm\n2\n');
      const { events } = await runDocument(
        platform,
        `sources:
  - { type: file, name: few, location: 'few [[]1].csv', format: { type: csv } }
  - { type: directory, name: many, location: many, format: { type: csv } }
  - { type: inline, name: here, csv: "k\\n1" }
stages: [[{ name: result, query: 'SELECT * FROM few, many, here', explain_analyze: true }]]
`,
      );
      return events
        .flatMap((event) =>
          event.type === 'stage_output' && event.output.kind === 'explain' ? allNodes(event.output.plan) : [],
        )
        .flatMap(({ details }) => details['Filename(s)'] ?? [])
        .sort();
    },
    expected: ['few [1].csv', 'inline csv', 'many/a, b.csv, many/c.csv'],
  },
  stages(
    'show: 0 shows 500 rows',
    `stages: [[{ name: result, query: SELECT i FROM range(501) t(i), show: 0 }]]
`,
    [500, true],
    ({ events }) =>
      events.flatMap((event) =>
        event.type === 'stage_output' && event.output.kind === 'show'
          ? [event.output.rows, event.output.truncated]
          : [],
      ),
  ),
  stages(
    'events are numbered without gaps and end with one terminal event',
    `stages:
  - - { name: result, query: SELECT n FROM numbers, show: 0 }
`,
    {
      numbered: true,
      types: [
        ...['run_started', 'planned', 'source_started', 'source_completed'],
        ...['stage_started', 'stage_output', 'stage_completed', 'notice', 'run_completed'],
      ],
    },
    ({ events }) => ({
      numbered: events.every((event, index) => event.sequence === index),
      types: events.map((event) => event.type),
    }),
  ),
  stages(
    'SQL that fails while it runs is told at its stage, and the next run works',
    `stages:
  - - { name: fine, query: SELECT word FROM numbers }
  - - name: bad
      query: SELECT word::INTEGER AS i FROM fine
      show: 0
`,
    { outcome: 'failed', error: 'sql.failed at 6:14' },
    ({ outcome, error }) => ({ outcome, error }),
  ),
];
