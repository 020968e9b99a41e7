// Waiting for a relay, with an end: by a clock that the caller brings, or by a signal.
import type { FollowHost, Link } from './followed-run.ts';
import type { Inbox } from './inbox.ts';

/** The inbox's next, as Inbox.next has it; undefined also when nothing comes for so many milliseconds. */
export async function nextWithin(
  inbox: Inbox,
  milliseconds: number,
  { pause }: Pick<FollowHost, 'pause'>,
  signal: AbortSignal | undefined,
): ReturnType<Inbox['next']> {
  const waiting = new AbortController();
  const end = (): void => waiting.abort();
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  void pause(milliseconds, waiting.signal).then(end);
  try {
    return await inbox.next(waiting.signal);
  } finally {
    signal?.removeEventListener('abort', end);
    end(); // the clock too
  }
}

/** It may have been while something else was waited for, which TypeScript does not expect of a property. */
function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}

/** A new link, or undefined as soon as the signal is aborted; a link that comes too late is closed. */
export async function linkUnless(signal: AbortSignal, host: Pick<FollowHost, 'connect'>): Promise<Link | undefined> {
  if (signal.aborted) return undefined;
  let end: () => void = () => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
    signal.addEventListener('abort', end, { once: true });
  });
  const connecting = host.connect(signal);
  try {
    const link = await Promise.race([connecting, aborted]);
    // it may fail later, which nobody waits for any more
    if (!link) connecting.then((late) => late.close()).catch(() => undefined);
    return link;
  } catch (thrown) {
    if (isAborted(signal)) return undefined;
    throw thrown;
  } finally {
    signal.removeEventListener('abort', end);
  }
}
