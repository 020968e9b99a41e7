// What a run has read must be what its files hold: they are looked at once more before anything is committed.
import { isCancelled } from '../errors.ts';
import type { RunContext } from './context.ts';
import { placeError, sourcePath } from './explain.ts';

/** Fails with file.failed at the source whose file has changed since it was opened. */
export async function requireUnchanged(context: RunContext): Promise<void> {
  for (const { index, file } of context.opened) {
    const source = context.pipeline.sources[index];
    try {
      await file.verify?.();
    } catch (thrown) {
      throw source ? placeError(thrown, sourcePath(source, index), context) : thrown;
    }
  }
}

/** Does what reads the files. A failure that comes of a file having changed is told as that. */
export async function reading<T>(context: RunContext, task: () => Promise<T>): Promise<T> {
  try {
    const result = await task();
    await requireUnchanged(context);
    return result;
  } catch (thrown) {
    if (!isCancelled(thrown)) await requireUnchanged(context);
    throw thrown;
  }
}
