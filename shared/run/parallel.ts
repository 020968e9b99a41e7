// Work side by side: the first failure cancels the rest, and nothing is left running when it is told.
import { isCancelled } from '../errors.ts';

/** Runs tasks in parallel and answers their results in order. Waits for all of them, also after a failure. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  signal: AbortSignal,
  task: (item: Item, signal: AbortSignal, index: number) => Promise<Result>,
): Promise<Result[]> {
  const controller = new AbortController();
  const forward = (): void => controller.abort();
  signal.addEventListener('abort', forward, { once: true });
  if (signal.aborted) controller.abort();
  try {
    const started = items.map(async (item, index) => {
      try {
        return await task(item, controller.signal, index);
      } catch (thrown) {
        controller.abort();
        throw thrown;
      }
    });
    const outcomes = await Promise.allSettled(started);
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    // The failure that began it, not the cancels that it caused.
    if (failures.length > 0) throw failures.find((thrown) => !isCancelled(thrown)) ?? failures[0];
    return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Result>).value);
  } finally {
    signal.removeEventListener('abort', forward);
  }
}
