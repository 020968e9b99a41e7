// Waits between attempts to connect again, which the user can cut short.
import { pause } from '../../shared/protocol/relay/pause.ts';

export class Retry {
  #cutShort = new AbortController();

  /** Resolves after so many milliseconds, when the signal is aborted, or with `now`. One wait at a time. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.#cutShort = new AbortController();
    return pause(milliseconds, AbortSignal.any([signal, this.#cutShort.signal]));
  }

  /** Ends the wait. */
  now(): void {
    this.#cutShort.abort();
  }
}
