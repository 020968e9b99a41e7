// What goes wrong ends in a typed error at its place, and the next run works.
import type { Platform } from '../../../shared/platform.ts';
import { rowsOf } from '../../../shared/values/codec.ts';
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';

const good = `sources: []
stages: [[{ name: result, query: SELECT 42 AS answer, show: 0 }]]
`;
/** Runs for hours unless it is stopped. */
const endless = `sources: []
stages: [[{ name: result, query: "SELECT count(*) AS c FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3" }]]
destination: { type: file, name: out, location: never.csv, format: { type: csv } }
`;

/** Something of everything. */
const thorough = `sources:
  - type: file
    name: numbers
    location: numbers.csv
    format: { type: csv }
    checks: [{ type: not_null, columns: [n] }]
stages:
  - - { name: all, query: SELECT n FROM numbers, show: 1, explain_analyze: true, print_schema: true }
    - { name: odd, query: SELECT n FROM numbers WHERE n % 2 = 1, checks: [{ type: unique, columns: [n] }] }
  - - { name: result, query: 'SELECT * FROM "all" JOIN odd USING (n)', show: 0 }
destination: { type: file, name: out, location: out.csv, format: { type: csv } }
`;

async function relationsOf({ engine }: Platform): Promise<unknown[]> {
  const { columns, batches } = await engine.query(
    `SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT table_name FROM duckdb_tables()`,
  );
  const names: unknown[] = [];
  for await (const batch of batches) names.push(...rowsOf(batch, columns).flat());
  return names;
}

export const faultCases: readonly ContractCase[] = [
  {
    name: 'a missing file is told at its location',
    run: async ({ platform }) => {
      const { outcome, error } = await runDocument(
        platform,
        `sources:
  - type: file
    name: gone
    format: { type: csv }
    location: ./nowhere/gone.csv
stages: [[{ name: result, query: SELECT * FROM gone }]]
`,
      );
      return { outcome, error };
    },
    expected: { outcome: 'failed', error: 'file.not_found at 5:15' },
  },
  {
    name: 'cancel ends a run, leaves nothing behind, and the next run works',
    run: async ({ platform, listWritten }) => {
      const controller = new AbortController();
      const cancelled = await runDocument(platform, endless, {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type === 'destination_started') setTimeout(() => controller.abort(), 20);
        },
      });
      const next = await runDocument(platform, good);
      return {
        outcome: cancelled.outcome,
        last: cancelled.events.at(-1)?.type,
        files: await listWritten(),
        next: next.shown['result'],
      };
    },
    expected: { outcome: 'cancelled', last: 'run_cancelled', files: [], next: [[42]] },
  },
  {
    name: 'a view that is shown tells how far it is, as a table does',
    run: async ({ platform }) => {
      const controller = new AbortController();
      const shares: number[] = [];
      const text = `sources: []
stages:
  - - name: many
      query: SELECT i FROM range(1000000) t(i)
      checks: [{ type: row_count, min: 1 }]
  - - name: long
      query: SELECT sum(len(repeat('x', 3000 + n % 10))) AS n FROM (SELECT row_number() OVER () AS n FROM many)
      show: 1
`;
      const { events, outcome } = await runDocument(platform, text, {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type !== 'stage_progress' || event.name !== 'long') return;
          shares.push(event.fraction);
          controller.abort();
        },
      });
      const started = events.find((event) => event.type === 'stage_started' && event.name === 'long');
      const [share = 0] = shares;
      return { outcome, execution: started && 'execution' in started && started.execution, told: share > 0 };
    },
    expected: { outcome: 'cancelled', execution: 'view', told: true },
  },
  {
    name: 'a run that is cancelled before it starts runs nothing',
    run: async ({ platform }) => (await runDocument(platform, endless, { signal: AbortSignal.abort() })).outcome,
    expected: 'cancelled',
  },
  {
    name: 'a cancel at any event ends the run, until the destination is done, and leaves nothing behind',
    run: async ({ platform, addFile, listWritten }) => {
      await addFile('numbers.csv', 'n\n1\n2\n3\n');
      const whole = (await runDocument(platform, thorough)).events.length;
      await platform.files.remove('out.csv');
      const unlike: unknown[] = [];
      for (let at = 0; at < whole - 2; at++) {
        const controller = new AbortController();
        const { events } = await runDocument(platform, thorough, {
          signal: controller.signal,
          onEvent: ({ sequence }) => (sequence === at ? controller.abort() : undefined),
        });
        const [last, left] = [events.at(-1)?.type, [...(await listWritten()), ...(await relationsOf(platform))]];
        if (last !== 'run_cancelled' || left.length > 0) unlike.push([events[at]?.type, last, left]);
      }
      const next = await runDocument(platform, good);
      return { unlike, next: next.shown['result'] };
    },
    expected: { unlike: [], next: [[42]] },
  },
  {
    name: 'a destination that cannot be written is told at its place, before any stage has run',
    run: async ({ platform, listWritten }) => {
      const { error, events } = await runDocument(
        platform,
        `sources: []
stages: [[{ name: result, query: SELECT 42 AS answer }]]
destination: { type: file, name: out, location: ../out.csv, format: { type: csv } }
`,
      );
      return { error, ran: events.some(({ type }) => type === 'stage_completed'), files: await listWritten() };
    },
    expected: { error: 'file.forbidden at 3:49', ran: false, files: [] },
  },
  {
    name: 'what fails while a destination is written leaves no file and the one that was there',
    run: async ({ platform, readFile, listWritten }) => {
      const write = (query: string) => `sources: []
stages: [[{ name: result, query: "${query}" }]]
destination: { type: file, name: out, location: out.csv, format: { type: csv } }
`;
      await runDocument(platform, write('SELECT 42 AS answer'));
      const failing = "SELECT CASE WHEN i < 200000 THEN i ELSE error('no more') END AS i FROM range(300000) t(i)";
      const { error } = await runDocument(platform, write(failing));
      return { error, text: new TextDecoder().decode(await readFile('out.csv')), files: await listWritten() };
    },
    expected: { error: 'sql.failed at 2:34', text: 'answer\n42\n', files: ['out.csv'] },
  },
  {
    name: 'out of memory is told, and the next run works',
    run: async ({ open }) => {
      const platform = await open({ memoryLimit: '100MB' });
      // A list of everything cannot be spilled, so both engines run out.
      const failed = await runDocument(
        platform,
        `sources: []
stages:
  - - { name: large, query: "SELECT list(i::VARCHAR || repeat('x', 50)) AS l FROM range(20000000) t(i)", show: 1 }
`,
      );
      const next = await runDocument(platform, good);
      return { error: failed.error, hint: (failed.issue?.hint ?? '') !== '', next: next.shown['result'] };
    },
    expected: { error: 'engine.out_of_memory at 3:29', hint: true, next: [[42]] },
  },
];
