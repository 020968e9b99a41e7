// Ends what goes on for long when the key expires that it was begun with.
import { failure } from '../../../shared/errors.ts';
import type { Key } from '../keys/key.ts';

/** Milliseconds between two looks at the clock, which somebody may set. */
const interval = 5000;

/** Aborted with key.invalid when the key is no longer good; watched until `done` is aborted. */
export function expiry({ expires }: Key, done: AbortSignal, now: () => number = Date.now): AbortSignal {
  const controller = new AbortController();
  if (expires === undefined || done.aborted) return controller.signal;
  const end = (): void => {
    clearTimeout(timer);
    done.removeEventListener('abort', end);
  };
  const look = (): void => {
    if (now() < expires) {
      timer = wait();
      return;
    }
    end();
    controller.abort(failure('key.invalid', 'The key is no longer good.'));
  };
  const wait = (): NodeJS.Timeout => setTimeout(look, Math.min(interval, Math.max(0, expires - now()))).unref();
  let timer = wait();
  done.addEventListener('abort', end, { once: true });
  return controller.signal;
}
