// What Prometheus is told.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RunQueue } from '../queue/queue.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<'method' | 'route' | 'status'>;
  readonly requestSeconds: Histogram<'method' | 'route'>;
  readonly refusals: Counter<'code'>;
  readonly submissions: Counter<'protocol' | 'result'>;
  readonly connections: Gauge<'protocol'>;
  readonly events: Counter<'protocol'>;
}

/** From a tiny run to one of hours. */
const runBuckets = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400];

/** A registry of its own; `ofProcess` adds what Node knows of the process. */
export function createMetrics(queue: Pick<RunQueue, 'counts' | 'onEnded'>, ofProcess = false): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  for (const state of ['waiting', 'running'] as const) {
    new Gauge({
      ...{ name: `sluice_runs_${state}`, help: `Runs that are ${state}.`, registers },
      collect() {
        this.set(queue.counts[state]);
      },
    });
  }
  watchEnds(queue, registers);
  return {
    registry,
    requests: new Counter({
      ...{ name: 'sluice_http_requests_total', help: 'Requests to the API that were answered.', registers },
      labelNames: ['method', 'route', 'status'] as const,
    }),
    requestSeconds: new Histogram({
      ...{ name: 'sluice_http_request_seconds', help: 'Time until an answer begins.', registers },
      labelNames: ['method', 'route'] as const,
    }),
    refusals: new Counter({
      ...{ name: 'sluice_refusals_total', help: 'Requests and connections that were not let in.', registers },
      labelNames: ['code'] as const,
    }),
    submissions: new Counter({
      ...{ name: 'sluice_submissions_total', help: 'Runs that were submitted.', registers },
      labelNames: ['protocol', 'result'] as const,
    }),
    connections: new Gauge({
      ...{ name: 'sluice_connections', help: 'Open sockets.', registers },
      labelNames: ['protocol'] as const,
    }),
    events: new Counter({
      ...{ name: 'sluice_events_sent_total', help: 'Events of runs that were sent.', registers },
      labelNames: ['protocol'] as const,
    }),
  };
}

function watchEnds(queue: Pick<RunQueue, 'onEnded'>, registers: Registry[]): void {
  const ended = new Counter({
    ...{ name: 'sluice_runs_ended_total', help: 'Runs that have ended, with the code of the error.', registers },
    labelNames: ['state', 'code'] as const,
  });
  const waited = new Histogram({
    ...{ name: 'sluice_run_wait_seconds', help: 'Time from accepting a run to its start.', registers },
    buckets: runBuckets,
  });
  const lasted = new Histogram({
    ...{ name: 'sluice_run_seconds', help: 'Time from the start of a run to its end.', registers },
    ...{ labelNames: ['state'] as const, buckets: runBuckets },
  });
  queue.onEnded(({ state, error }, { waitedMs, ranMs }) => {
    ended.inc({ state, code: error?.code ?? '' });
    if (waitedMs !== undefined) waited.observe(waitedMs / 1000);
    if (ranMs !== undefined) lasted.observe({ state }, ranMs / 1000);
  });
}
