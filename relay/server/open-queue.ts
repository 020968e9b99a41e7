// Where the server gets its queue from. Until relay/queue/open.ts is there, a relay serves the page and refuses runs;
// then this file is one line: export { openQueue, type QueueOptions } from '../queue/open.ts';
import type { Logger } from 'pino';
import { failure } from '../../shared/errors.ts';
import type { Recovery, RunQueue } from '../queue/queue.ts';

export interface QueueOptions {
  readonly stateDirectory: string;
  /** The built entry of a run's process. */
  readonly program: string;
  readonly maxConcurrentRuns: number;
  readonly maxQueuedRuns: number;
  readonly timeLimitMs?: number;
  readonly memoryLimit?: string;
  readonly platform: {
    readonly directories: readonly string[];
    readonly base?: string;
    readonly allowHosts?: readonly string[];
    readonly threads?: number;
    readonly maxTemporarySize?: string;
  };
  readonly retention: { readonly maxRuns: number; readonly maxAgeMs: number };
  readonly log: Logger;
}

export type OpenQueue = (options: QueueOptions) => Promise<{ readonly queue: RunQueue; readonly recovery: Recovery }>;

export const openQueue: OpenQueue = () => {
  const none = (): Promise<never> => Promise.reject(failure('queue.closing', 'This build of the relay runs nothing.'));
  const queue: RunQueue = {
    submit: none,
    cancel: none,
    get: () => Promise.resolve(undefined),
    list: () => Promise.resolve([]),
    events: () => ({ [Symbol.asyncIterator]: () => ({ next: none }) }),
    onPosition: () => () => undefined,
    counts: { waiting: 0, running: 0 },
    drain: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return Promise.resolve({ queue, recovery: { waiting: 0, interrupted: 0, notices: [] } });
};
