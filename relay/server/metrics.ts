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

/** A registry of its own; `ofProcess` adds what Node knows of the process. */
export function createMetrics(counts: () => RunQueue['counts'], ofProcess = false): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  for (const state of ['waiting', 'running'] as const) {
    new Gauge({
      ...{ name: `sluice_runs_${state}`, help: `Runs that are ${state}.`, registers },
      collect() {
        this.set(counts()[state]);
      },
    });
  }
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
