import { describe, expect, it } from 'vitest';
import { cancelled, failure, isCancelled } from '../errors.ts';
import { inParallel } from './parallel.ts';

/** Ends with the error of a cancel as soon as the signal says so. */
const untilCancelled = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(cancelled());
    signal.addEventListener('abort', () => reject(cancelled()));
  });

function gateway(): { promise: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

describe('inParallel', () => {
  it('answers results in the order of the items', async () => {
    const gate = gateway();
    const work = inParallel([1, 2], new AbortController().signal, async (item) => {
      if (item === 1) await gate.promise;
      else gate.open();
      return item * 10;
    });
    expect(await work).toEqual([10, 20]);
  });

  it('cancels the others on the first failure and tells that failure', async () => {
    const ended: string[] = [];
    const work = inParallel(['slow', 'bad'], new AbortController().signal, async (item, signal) => {
      try {
        if (item === 'bad') throw failure('sql.failed', 'bad');
        return await untilCancelled(signal);
      } finally {
        ended.push(item);
      }
    });
    await expect(work).rejects.toMatchObject({ code: 'sql.failed' });
    expect(ended.sort()).toEqual(['bad', 'slow']);
  });

  it('passes a cancel on to all', async () => {
    const controller = new AbortController();
    const work = inParallel([1, 2, 3], controller.signal, (_, signal) => untilCancelled(signal));
    controller.abort();
    await expect(work).rejects.toSatisfy(isCancelled);
  });

  it('starts nothing that could run on after a cancel that came first', async () => {
    await expect(inParallel([1], AbortSignal.abort(), (_, signal) => untilCancelled(signal))).rejects.toSatisfy(
      isCancelled,
    );
  });
});
