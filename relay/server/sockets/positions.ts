// Tells the place of a waiting run in the queue. To a slow reader only the latest is told.
import type { RunsOfKey } from '../rights.ts';

/** Answers how to stop; that resolves when nothing more will be told. */
export function tellPositions(
  runs: RunsOfKey,
  id: string,
  tell: (position: number) => Promise<void>,
  fail: (thrown: unknown) => void,
): () => Promise<void> {
  let latest: number | undefined;
  let stopped = false;
  let telling: Promise<void> | undefined;
  const tellAll = async (): Promise<void> => {
    while (latest !== undefined && !stopped) {
      const position = latest;
      latest = undefined;
      await tell(position);
    }
    telling = undefined; // in the same step as the last look at `latest`, so that none is overlooked
  };
  const stop = runs.onPosition(id, (position) => {
    latest = position;
    if (!stopped) telling ??= tellAll().catch(fail);
  });
  return async () => {
    stop();
    stopped = true;
    await telling;
  };
}
