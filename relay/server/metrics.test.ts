import { expect, it } from 'vitest';
import type { RunSummary } from '../../shared/protocol/relay/runs.ts';
import type { RunTimes } from '../queue/queue.ts';
import { createMetrics } from './metrics.ts';

it('a clock that is set back while a run goes on does not make its time negative', async () => {
  let tell: (run: RunSummary, times: RunTimes) => void = () => undefined;
  const { registry } = createMetrics({ counts: { waiting: 0, running: 0 }, onEnded: (listener) => (tell = listener) });
  const run: RunSummary = {
    ...{ id: 'a', state: 'succeeded', submittedBy: 'ada', parameters: {}, lastSequence: 1 },
    ...{
      acceptedAt: '2026-01-02T00:00:00.000Z',
      startedAt: '2026-01-02T00:00:00.000Z',
      endedAt: '2026-01-01T00:00:00.000Z',
    },
  };
  tell(run, { waitedMs: 500, ranMs: 2000 });
  tell({ ...run, state: 'cancelled' }, {});
  const text = await registry.metrics();
  expect(text).toContain('sluice_run_seconds_sum{state="succeeded"} 2');
  expect(text).toContain('sluice_run_wait_seconds_sum 0.5');
  expect(text).not.toContain('sluice_run_seconds_sum{state="cancelled"}');
});
