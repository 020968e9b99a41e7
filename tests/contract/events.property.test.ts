// Whatever a run does and however it ends, its events follow the protocol (shared/protocol/events.ts) and it leaves no
// relation behind. Pipelines that work, that fail while they are bound or run, and runs that are cancelled at any event.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Platform } from '../../shared/platform.ts';
import { isTerminal, type RunEvent } from '../../shared/protocol/events.ts';
import { readRows } from '../../shared/values/read.ts';
import { withRelayContext } from './relay.ts';
import { runDocument } from './run-document.ts';

const sources = [
  { type: 'file', name: 'numbers', location: 'numbers.csv', format: { type: 'csv' } },
  { type: 'inline', name: 'few', rows: [{ n: 1 }, { n: 2 }, { n: 2 }] },
];

const works = fc.constantFrom(
  ...['SELECT n FROM numbers', 'SELECT n FROM few', 'SELECT a.n FROM few a JOIN few b USING (n)'],
  ...['SELECT random() AS n', 'SELECT n FROM numbers WHERE n > 1', 'FROM few'],
);
const fails = fc.constantFrom(
  ...["SELECT ('x' || n)::INTEGER AS n FROM few", 'SELECT nothing FROM few', 'SELECT', 'DROP TABLE few'],
  ...['PIVOT few ON n USING count(*)', 'SELECT row(1, 2) AS n', 'SELECT * FROM stage_0_0'],
);
const query = fc.oneof({ arbitrary: works, weight: 12 }, { arbitrary: fails, weight: 1 });
const check = fc.constantFrom(
  { type: 'not_null', columns: ['n'] },
  { type: 'unique', columns: ['n'] },
  { type: 'range', column: 'n', max: 3 },
  { type: 'not_null', columns: ['n'] },
  { type: 'unique', columns: ['n'], severity: 'warn' },
  { type: 'row_count', min: 2 },
  { type: 'expression', expression: 'n IN (SELECT n FROM few)' },
);
const stage = fc.record(
  {
    query,
    show: fc.constantFrom(0, 2),
    explain: fc.boolean(),
    explain_analyze: fc.boolean(),
    print_schema: fc.boolean(),
    checks: fc.array(check, { maxLength: 2 }),
  },
  { requiredKeys: ['query'] },
);
const document = fc.record({
  stages: fc.array(fc.array(stage, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  flat: fc.boolean(),
  destination: fc.constantFrom(
    null,
    { type: 'file', name: 'out', location: 'out.csv', format: { type: 'csv' } },
    { type: 'file', name: 'out', location: '../out.csv', format: { type: 'csv' } },
    { type: 'in_memory', name: 'out' },
  ),
});

/** The event at which the run is cancelled; most runs have fewer. */
const cancelAt = fc.option(fc.nat({ max: 25 }), { freq: 2 });

it('a run’s events are in order and numbered, end once, and nothing is left', async () => {
  await withRelayContext(async ({ platform, addFile }) => {
    await addFile('numbers.csv', 'n,word\n1,one\n2,two\n3,three\n');
    await fc.assert(
      fc.asyncProperty(document, cancelAt, async ({ stages, flat, destination }, at) => {
        const named = stages.map((group, position) =>
          group.map((each, subPosition) => ({ name: `stage_${position}_${subPosition}`, ...each })),
        );
        const text = JSON.stringify({ sources, stages: flat ? named.flat() : named, destination });
        const controller = new AbortController();
        const { events, outcome } = await runDocument(platform, text, {
          signal: controller.signal,
          onEvent: ({ sequence }) => (sequence === at ? controller.abort() : undefined),
        });
        expectProtocol(events);
        expect(events.at(-1)?.type).toBe(
          { succeeded: 'run_completed', failed: 'run_failed', cancelled: 'run_cancelled' }[outcome],
        );
        expect(await relationsOf(platform)).toEqual([]);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

function expectProtocol(events: readonly RunEvent[]): void {
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
  expect(events[0]?.type).toBe('run_started');
  expect(events.filter(isTerminal)).toEqual([events.at(-1)]);

  const began = new Set<string>();
  const ended = new Set<string>();
  let planned = false;
  for (const event of events) {
    const [kind = '', what = ''] = event.type.split('_');
    const key = `${kind} ${'name' in event ? event.name : ''}`;
    if (event.type === 'planned') {
      expect(planned).toBe(false);
      planned = true;
    }
    if (!['source', 'stage', 'destination'].includes(kind)) continue;
    expect(planned).toBe(true);
    if (what === 'started') expect(began.has(key)).toBe(false);
    else expect(began.has(key)).toBe(true);
    if (what === 'started') began.add(key);
    if (what === 'completed') {
      expect(ended.has(key)).toBe(false);
      ended.add(key);
    } else if (kind !== 'source') expect(ended.has(key)).toBe(false);
    if (event.type === 'source_progress') expect(event.bytes).toBeLessThanOrEqual(event.totalBytes);
    if ('fraction' in event) expect(event.fraction).toBeLessThanOrEqual(1);
  }
}

async function relationsOf({ engine }: Platform): Promise<unknown[]> {
  const rows = await readRows(
    engine,
    `SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL
     SELECT table_name FROM duckdb_tables() WHERE schema_name <> 'workspace'`,
  );
  return rows.flat();
}
