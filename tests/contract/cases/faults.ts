// What goes wrong ends in a typed error at its place, and the next run works.
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
    name: 'a run that is cancelled before it starts runs nothing',
    run: async ({ platform }) => (await runDocument(platform, endless, { signal: AbortSignal.abort() })).outcome,
    expected: 'cancelled',
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
