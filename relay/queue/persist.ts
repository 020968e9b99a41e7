// What must be written before a run has ended is tried for some time: a disk that is full now may have room later.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asSluiceError } from '../../shared/errors.ts';

export interface PersistOptions {
  /** Ends the attempts: the relay stops. */
  readonly giveUp: AbortSignal;
  /** Milliseconds in which it is tried. */
  readonly patienceMs: number;
  readonly log: Logger;
}

const pauseMs = 500;

/** Rejects with what the disk said last. */
export async function persist<T>(task: () => Promise<T>, { giveUp, patienceMs, log }: PersistOptions): Promise<T> {
  const until = performance.now() + patienceMs;
  for (let attempts = 0; ; attempts++) {
    try {
      return await task();
    } catch (thrown) {
      if (giveUp.aborted || performance.now() >= until) throw thrown;
      if (attempts === 0) log.error({ issue: asSluiceError(thrown).issue }, 'a run cannot be recorded; trying again');
      await pause(pauseMs, undefined, { signal: giveUp }).catch(() => undefined);
    }
  }
}
