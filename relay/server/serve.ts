// A relay: its queue, its HTTP and its sockets on one port, until it is told to stop.
import type { Logger } from 'pino';
import type { RunQueue } from '../queue/queue.ts';
import { createApp } from './app.ts';
import { mostPlainConnections } from './descriptors.ts';
import type { Gate } from './keys/gate.ts';
import { listen } from './listen.ts';
import { createMetrics } from './metrics.ts';
import type { Services } from './services.ts';
import { defaultLimits, type ConnectionLimits } from './sockets/connections.ts';
import { openSockets } from './sockets/endpoint.ts';

export interface RelayOptions {
  readonly host: string;
  readonly port: number;
  readonly pageDirectory: string;
  readonly queue: RunQueue;
  readonly gate: Gate;
  readonly log: Logger;
  readonly relay: string;
  readonly version: string;
  readonly allowOrigins?: readonly string[] | undefined;
  /** Whether metrics tell of Node's process as well. */
  readonly processMetrics?: boolean | undefined;
  readonly limits?: Partial<ConnectionLimits> | undefined;
  /** Connections of any kind; by default as descriptors.ts has it. */
  readonly mostPlainConnections?: number | undefined;
}

export interface Relay {
  /** Such as `http://127.0.0.1:3031`. */
  readonly address: string;
  readonly services: Services;
  /** Open sockets. */
  readonly connections: number;
  /** One round of pings, beside those that the clock makes. */
  ping(): void;
  /** Accepts nothing more, lets runs end for so many milliseconds, tells their ends, then stops. */
  stop(patience: number): Promise<void>;
}

/** Milliseconds in which the last events of runs may leave, and then sockets and answers end. */
const lastWords = 1000;

/** Rejects with a sentence that says what to do when the port cannot be had. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { queue, log, pageDirectory, allowOrigins, gate, relay, version } = options;
  let ready = true;
  const metrics = createMetrics(queue, options.processMetrics);
  const services: Services = { queue, gate, log, metrics, relay, version, isReady: () => ready };
  const app = createApp({ pageDirectory, services, allowOrigins });
  const mostSockets = options.limits?.mostConnections ?? defaultLimits.mostConnections;
  const mostConnections = options.mostPlainConnections ?? mostPlainConnections(mostSockets);
  const listening = await listen(app, { ...options, mostConnections, onDropped: dropped(services, mostConnections) });
  const sockets = openSockets(listening.server, services, options.limits);
  const stop = async (patience: number): Promise<void> => {
    ready = false;
    log.info({ ...queue.counts, patience }, 'stopping');
    await queue.drain(patience);
    await sockets.connections.settled(lastWords);
    await sockets.close(lastWords);
    await listening.close();
    await queue.close();
    metrics.registry.clear();
    log.info('stopped');
  };
  return {
    address: listening.address,
    services,
    get connections() {
      return sockets.connections.size;
    },
    ping: () => sockets.connections.check(),
    stop: once(stop),
  };
}

/** Milliseconds between two lines in the log about connections that were closed. */
const silence = 60_000;

/** Tells that connections are closed: each to the metrics, and at times to the log. */
function dropped({ log, metrics }: Services, mostConnections: number): () => void {
  let told = -Infinity;
  return () => {
    metrics.refusals.inc({ code: 'protocol.limit' });
    if (performance.now() - told < silence) return;
    told = performance.now();
    log.warn({ mostConnections }, 'connections are closed, because there are too many');
  };
}

function once(stop: (patience: number) => Promise<void>): (patience: number) => Promise<void> {
  let stopped: Promise<void> | undefined;
  return (patience) => (stopped ??= stop(patience));
}
