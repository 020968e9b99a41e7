// What the relay's HTTP and its sockets have in common.
import type { Logger } from 'pino';
import type { RunQueue } from '../queue/queue.ts';
import type { Gate } from './keys/gate.ts';
import type { Metrics } from './metrics.ts';

export interface Services {
  readonly queue: RunQueue;
  readonly gate: Gate;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** What the relay calls itself in logs and to clients. */
  readonly relay: string;
  /** Sluice's. */
  readonly version: string;
  readonly isReady: () => boolean;
}
