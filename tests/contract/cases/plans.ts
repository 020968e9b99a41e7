// Plans: what a pipeline would read, compute, write and contact, and where it can run; nothing is done.
import { asSluiceError } from '../../../shared/errors.ts';
import { load } from '../../../shared/pipeline/load.ts';
import type { Plan } from '../../../shared/protocol/plan.ts';
import type { PlanAnswer } from '../../../shared/protocol/worker.ts';
import { planPipeline } from '../../../shared/run/plan.ts';
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';

function planned(
  name: string,
  document: string,
  pick: (answer: PlanAnswer) => unknown,
  expected: unknown,
): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      await addFile('numbers.csv', 'n,word\n1,one\n2,two\n');
      return pick(await planPipeline(load(document, {}), platform));
    },
    expected,
  };
}

const places = ({ browser, relay }: Plan['places']) => ({
  browser: browser.reasons.map(({ code, place }) => `${code} at ${place?.line}:${place?.column}`),
  relay: relay.reasons.map(({ code, place }) => `${code} at ${place?.line}:${place?.column}`),
});

const issues = (answer: PlanAnswer) =>
  answer.issues.map(({ code, place }) => `${code} at ${place?.line}:${place?.column}`);

const names = (columns: readonly { readonly name: string; readonly type: string }[] | undefined) =>
  columns?.map(({ name, type }) => `${name} ${type}`).join(', ') ?? null;

const everything = `sources:
  - { type: file, name: numbers, location: numbers.csv, format: { type: csv } }
  - { type: inline, name: few, rows: [{ n: 1 }], checks: [{ type: not_null, columns: [n] }] }
stages:
  - - { name: pair, query: SELECT n FROM numbers JOIN few USING (n), show: 1 }
    - { name: once, query: SELECT word FROM numbers, checks: [{ type: row_count, min: 1 }] }
  - - { name: result, query: 'SELECT * FROM pair, once' }
destination: { type: file, name: out, location: out.csv, format: { type: csv } }
`;

const elsewhere = `sources:
  - { type: odbc, name: orders, load_query: SELECT 1, connection_string: "Driver={X};Server=db.example;Port=5432;PWD=secret" }
  - { type: delta, name: old, location: "s3://bucket/table?token=secret" }
  - { type: inline, name: few, rows: [{ n: 1 }] }
stages:
  - - { name: joined, query: SELECT n + amount AS total FROM few JOIN orders USING (n) }
    - { name: fine, query: SELECT n + 1 AS m FROM few }
  - - { name: result, query: SELECT * FROM joined }
destination: { type: delta, name: out, location: "https://user:secret@lake.example:8443/t?sig=secret", write_mode: { operation: append }, schema: [{ name: total, data_type: int64 }] }
`;

export const planCases: readonly ContractCase[] = [
  planned(
    'a plan says what is read, how each stage runs and why, and what is written',
    everything,
    ({ plan, issues: told }) => ({ ...plan, places: plan && places(plan.places), told }),
    {
      sources: [
        {
          ...{ name: 'numbers', type: 'file', location: 'numbers.csv', bytes: 19, files: 1 },
          columns: [
            { name: 'n', type: 'BIGINT' },
            { name: 'word', type: 'VARCHAR' },
          ],
        },
        { name: 'few', type: 'inline', bytes: 8, columns: [{ name: 'n', type: 'BIGINT' }] },
      ],
      stages: [
        {
          ...{ name: 'pair', position: 0, subPosition: 0, execution: 'table', reason: 'it is shown and used' },
          columns: [{ name: 'n', type: 'BIGINT' }],
          reads: ['numbers', 'few'],
        },
        {
          ...{ name: 'once', position: 0, subPosition: 1, execution: 'table', reason: 'it is checked' },
          columns: [{ name: 'word', type: 'VARCHAR' }],
          reads: ['numbers'],
        },
        {
          ...{ name: 'result', position: 1, subPosition: 0, execution: 'view' },
          columns: [
            { name: 'n', type: 'BIGINT' },
            { name: 'word', type: 'VARCHAR' },
          ],
          reads: ['pair', 'once'],
        },
      ],
      destination: { name: 'out', type: 'file', location: 'out.csv', reads: 'result' },
      places: { browser: [], relay: [] },
      contacts: [],
      told: [],
    },
  ),
  {
    name: 'a plan leaves nothing behind',
    run: async ({ platform, addFile, listWritten }) => {
      await addFile('numbers.csv', 'n,word\n1,one\n');
      const answer = await planPipeline(load(everything, {}), platform);
      const left: number[] = [];
      const { batches } = await platform.engine.query(
        `SELECT ((SELECT count(*) FROM duckdb_views() WHERE NOT internal) +
          (SELECT count(*) FROM duckdb_tables() WHERE NOT internal))::INTEGER`,
      );
      for await (const batch of batches) left.push(Number(batch.getChildAt(0)?.get(0)));
      return { planned: answer.plan !== undefined, left, written: await listWritten() };
    },
    expected: { planned: true, left: [0], written: [] },
  },
  planned(
    'what no place can run is told at its place, and the rest is planned as far as can be',
    elsewhere,
    (answer) => ({
      issues: issues(answer),
      places: answer.plan && places(answer.plan.places),
      contacts: answer.plan?.contacts,
      destination: answer.plan?.destination,
      sources: answer.plan?.sources.map(({ name, columns }) => [name, names(columns)]),
      stages: answer.plan?.stages.map(({ name, columns, reads }) => [name, names(columns), reads]),
      secrets: JSON.stringify(answer).includes('secret'),
    }),
    {
      issues: [],
      places: {
        browser: ['place.unsupported at 2:13', 'place.unsupported at 3:13', 'place.unsupported at 9:22'],
        relay: ['place.unsupported at 2:13', 'place.unsupported at 3:13', 'place.unsupported at 9:22'],
      },
      contacts: ['https://lake.example:8443', 'odbc://db.example:5432', 's3://bucket'],
      destination: { name: 'out', type: 'delta', location: 'https://lake.example:8443/t?…', reads: 'result' },
      sources: [
        ['orders', null],
        ['old', null],
        ['few', 'n BIGINT'],
      ],
      stages: [
        ['joined', null, ['orders', 'few']],
        ['fine', 'm BIGINT', ['few']],
        ['result', null, ['joined']],
      ],
      secrets: false,
    },
  ),
  {
    name: 'a run that this place cannot do fails before anything is read',
    run: async ({ platform }) => {
      const { error, events } = await runDocument(platform, elsewhere);
      return { error, types: events.map(({ type }) => type) };
    },
    expected: { error: 'place.unsupported at 2:13', types: ['run_started', 'run_failed'] },
  },
  planned(
    'a plan tells all that is wrong, each at its place',
    `sources:
  - { type: file, name: gone, location: gone.csv, format: { type: csv } }
  - { type: inline, name: few, rows: [{ n: 1 }], checks: [{ type: not_null, columns: [m] }] }
stages:
  - - { name: first, query: SELECT x FROM gone }
    - { name: second, query: SELECT x FROM few }
    - { name: third, query: DROP TABLE few }
  - - { name: result, query: 'SELECT * FROM missing, first' }
`,
    (answer) => ({ plan: answer.plan !== undefined, issues: issues(answer) }),
    {
      plan: false,
      issues: [
        'file.not_found at 2:41',
        'check.invalid at 3:87',
        'sql.binding at 6:37',
        'sql.not_a_query at 7:29',
        'sql.binding at 8:45',
      ],
    },
  ),
  planned(
    'a plan of a document with errors gives them',
    'sources: []\nstages: [[{ name: result }]]\n',
    (answer) => ({ plan: answer.plan !== undefined, issues: issues(answer) }),
    { plan: false, issues: ['document.invalid at 2:11'] },
  ),
  {
    name: 'a secret is in no text of a plan or of a run',
    run: async ({ platform }) => {
      const document = `params: { key: { secret: true } }
sources:
  - { type: inline, name: few, rows: [{ n: 1 }], checks: [{ type: expression, expression: "'\${key}' = 'x' OR n > 0" }] }
stages:
  - - { name: first, query: "SELECT '\${key}' AS word FROM few WHERE n > random() - 1", explain: true, explain_analyze: true }
  - - { name: result, query: "SELECT (word || '\${key}')::INTEGER AS i FROM first", show: 0 }
`;
      const parameters = { key: 'hunter2' };
      const answer = await planPipeline(load(document, parameters), platform);
      const { events, error, issue } = await runDocument(platform, document, { parameters });
      const shows = (value: unknown): boolean => JSON.stringify(value).includes('hunter2');
      return {
        planned: !!answer.plan,
        error,
        masked: issue?.message.includes('***'),
        shows: [shows(answer), shows(events)],
      };
    },
    expected: { planned: true, error: 'sql.failed at 6:30', masked: true, shows: [false, false] },
  },
  {
    name: 'a plan can be cancelled',
    run: async ({ platform }) => {
      const planning = planPipeline(load(everything, {}), platform, { signal: AbortSignal.abort() });
      return await planning.then(
        () => 'planned',
        (thrown: unknown) => asSluiceError(thrown).code,
      );
    },
    expected: 'run.cancelled',
  },
];
