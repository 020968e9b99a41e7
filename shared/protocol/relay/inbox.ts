// The messages of a socket, one by one. While many wait to be taken, the socket is asked to rest, where it can.
import { failure, type SluiceError } from '../../errors.ts';
import { decodeFrame } from './frames.ts';

/** How a socket ended, as RFC 6455 has it: 1006 when it broke. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** What feeds an inbox. */
export interface Resting {
  pause(): void;
  resume(): void;
}

/** Messages that may wait before the socket is asked to rest. */
const most = 64;

export class Inbox {
  readonly #resting: Resting | undefined;
  readonly #messages: (string | Uint8Array)[] = [];
  #rests = false;
  #ending: Ending | undefined;
  #wake: () => void = () => undefined;

  constructor(resting?: Resting) {
    this.#resting = resting;
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  push(frame: string | Uint8Array): void {
    this.#messages.push(frame);
    if (this.#messages.length >= most && !this.#rests) {
      this.#rests = true;
      this.#resting?.pause();
    }
    this.#wake();
  }

  /** The socket has ended; what it had brought can still be taken. */
  end(ending: Ending): void {
    this.#ending ??= ending;
    this.#wake();
  }

  /**
   * The next message, or how the socket ended when there are no more; undefined when the signal comes first. Fails with
   * protocol.invalid. One caller at a time.
   */
  async next(signal?: AbortSignal): Promise<{ readonly message: unknown } | Ending | undefined> {
    while (this.isEmpty && !this.#ending && !signal?.aborted) await this.#change(signal);
    const frame = this.#messages.shift();
    if (this.#rests && this.#messages.length < most) {
      this.#rests = false;
      this.#resting?.resume();
    }
    return frame === undefined ? this.#ending : { message: decodeFrame(frame) };
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        signal?.removeEventListener('abort', settle);
        this.#wake = () => undefined;
        resolve();
      };
      this.#wake = settle;
      signal?.addEventListener('abort', settle, { once: true });
    });
  }
}

/** The error of a socket that ended before its time. */
export function lost({ code, reason }: Ending): SluiceError {
  const why = reason === '' ? '' : ` It said: ${reason}`;
  return failure('relay.lost', `The connection to the relay was lost (${code}).${why}`);
}
