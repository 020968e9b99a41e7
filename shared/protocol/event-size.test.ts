import { describe, expect, it } from 'vitest';
import type { PlanNode } from '../platform.ts';
import { fitted } from './event-size.ts';
import type { PlannedStage, RunEventBody } from './events.ts';
import { limits } from './limits.ts';
import { encodeFrame } from './relay/frames.ts';

const column = { name: 'x'.repeat(100), type: 'VARCHAR' };
const columns = Array.from({ length: 60_000 }, () => column);
const stage: PlannedStage = {
  ...{ name: 's', position: 0, subPosition: 0, reads: [] },
  execution: 'view',
  columns: columns.slice(0, 10_000),
};
const verdict = { possible: true, reasons: [] };
const chain = Array.from({ length: 400 }).reduce<PlanNode>(
  (child) => ({ name: 'PROJECTION', details: { Projections: ['é'.repeat(20_000)] }, children: [child] }),
  { name: 'SCAN', details: {}, children: [] },
);

const large: [string, RunEventBody][] = [
  ['a schema of many columns', { type: 'stage_output', name: 's', output: { kind: 'print_schema', columns } }],
  ['a query plan', { type: 'stage_output', name: 's', output: { kind: 'explain', analyzed: false, plan: [chain] } }],
  [
    'many columns without rows',
    { type: 'stage_output', name: 's', output: { kind: 'show', columns, batches: [], rows: 0, truncated: true } },
  ],
  [
    'a plan with wide stages',
    {
      type: 'planned',
      plan: {
        sources: [],
        stages: Array.from({ length: 100 }, () => stage),
        places: { browser: verdict, relay: verdict },
        contacts: [],
      },
    },
  ],
  [
    'a long notice',
    { type: 'notice', issue: { code: 'sql.failed', severity: 'info', message: '\u0001'.repeat(4_000_000) } },
  ],
  [
    'a long error',
    {
      type: 'run_failed',
      issue: { code: 'sql.failed', severity: 'error', message: 'é'.repeat(3e6), cause: '😀'.repeat(3e6) },
      durationMs: 1,
    },
  ],
];

describe('an event', () => {
  it.each(large)('with %s fits into every limit on its way, and that something is left out is told', (_name, event) => {
    const { event: told, notice } = fitted(event);
    const frame = encodeFrame({ type: 'event', run: '6f1c0c0e-0000-4000-8000-000000000001', event: told });
    const bytes = typeof frame === 'string' ? new TextEncoder().encode(frame).byteLength : frame.byteLength;
    expect(bytes).toBeLessThan(limits.event.bytes);
    expect(told.type).toBe(event.type);
    expect(notice?.code).toBe(event.type === 'run_failed' ? undefined : 'run.limit');
  });

  it('that fits is left as it is, its bytes too', () => {
    const output = {
      kind: 'show',
      columns: [column],
      batches: [new Uint8Array(3e6)],
      rows: 1,
      truncated: false,
    } as const;
    const event = { type: 'stage_output', name: 's', output } as const;
    expect(fitted(event)).toEqual({ event });
    expect(fitted(event).event).toBe(event);
  });
});
