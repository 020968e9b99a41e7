import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { PendingRun } from './pending-run.ts';

function follow(): { run: PendingRun; seen: RunEvent[] } {
  const seen: RunEvent[] = [];
  return { run: new PendingRun((event) => seen.push(event)), seen };
}

const died = { code: 'engine.died', severity: 'error', message: 'gone' } as const;

describe('PendingRun', () => {
  it('ends with the last event of the Worker', async () => {
    const { run, seen } = follow();
    run.receive({ type: 'run_started', sequence: 0 });
    expect(run.over).toBe(false);
    run.receive({ type: 'run_completed', sequence: 1, durationMs: 5 });
    await run.ended;
    expect(seen.map(({ type }) => type)).toEqual(['run_started', 'run_completed']);
  });

  it('continues the numbers where the Worker stopped', async () => {
    const { run, seen } = follow();
    run.receive({ type: 'run_started', sequence: 0 });
    run.receive({ type: 'source_started', name: 's', sequence: 1 });
    run.fail(died);
    await run.ended;
    expect(seen.at(-1)).toMatchObject({ type: 'run_failed', sequence: 2, issue: died });
  });

  it('has one last event, whoever comes later', async () => {
    const { run, seen } = follow();
    run.cancelled();
    run.fail(died);
    run.receive({ type: 'run_cancelled', sequence: 7, durationMs: 1 });
    await run.ended;
    expect(seen).toMatchObject([{ type: 'run_cancelled', sequence: 0 }]);
  });
});
