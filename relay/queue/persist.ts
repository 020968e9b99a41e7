// What must be written before a run has ended is tried until the disk takes it: one that is full now may have room later.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asSluiceError } from '../../shared/errors.ts';

export interface PersistOptions {
  /** Rejects with what the disk said last. */
  readonly giveUp: AbortSignal;
  readonly log: Logger;
}

const pauseMs = 500;

export async function persist<T>(task: () => Promise<T>, { giveUp, log }: PersistOptions): Promise<T> {
  for (let attempts = 0; ; attempts++) {
    try {
      return await task();
    } catch (thrown) {
      if (giveUp.aborted) throw thrown;
      if (attempts === 0) log.error({ issue: asSluiceError(thrown).issue }, 'a run cannot be recorded; trying again');
      await pause(pauseMs, undefined, { signal: giveUp }).catch(() => undefined);
    }
  }
}
