// What nobody caught is a bug, and the process cannot be trusted any more: it is logged, and the relay stops in order.
import process from 'node:process';
import type { Logger } from 'pino';
import { thrownFields } from './log.ts';

/** A process, as far as it is needed here. */
export interface Emitting {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (thrown: unknown) => void): unknown;
  off(event: 'uncaughtException' | 'unhandledRejection', listener: (thrown: unknown) => void): unknown;
}

/** Further ones that are logged; they may come without end. */
const most = 100;

/**
 * Calls `stop` for the first that nobody caught; further ones are logged while the relay stops, a few of them. Answers how
 * to end that.
 */
export function watchUncaught(log: Logger, stop: () => void, emitting: Emitting = process): () => void {
  let seen = 0;
  const take = (thrown: unknown): void => {
    if (seen++ < most) log.fatal(thrownFields(thrown), 'something went wrong that nobody caught; the relay stops');
    if (seen === 1) stop();
  };
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  for (const event of events) emitting.on(event, take);
  return () => {
    for (const event of events) emitting.off(event, take);
  };
}
