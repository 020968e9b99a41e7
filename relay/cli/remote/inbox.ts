// The messages of a socket, one by one: the socket rests while some wait to be taken.
import type { RawData, WebSocket } from 'ws';
import { failure, type SluiceError } from '../../../shared/errors.ts';
import { decodeFrame } from '../../../shared/protocol/relay/frames.ts';

/** How the socket ended, as RFC 6455 has it: 1006 when it broke. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** Messages that may wait; then nothing more is read until they are taken. */
const most = 64;

export class Inbox {
  readonly #socket: WebSocket;
  readonly #messages: (string | Uint8Array)[] = [];
  #ending: Ending | undefined;
  #wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data, isBinary) => {
      this.#messages.push(isBinary ? bytesOf(data) : bytesOf(data).toString('utf8'));
      if (this.#messages.length >= most) socket.pause();
      this.#wake();
    });
    socket.on('close', (code, reason) => {
      this.#ending = { code, reason: reason.toString('utf8') };
      this.#wake();
    });
    socket.on('error', () => socket.terminate()); // `close` follows, and tells it
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  /** The next message, or how the socket ended when there are no more; undefined when the signal comes first. */
  async next(signal?: AbortSignal): Promise<{ readonly message: unknown } | Ending | undefined> {
    while (this.#messages.length === 0 && !this.#ending && !signal?.aborted) await this.#change(signal);
    const frame = this.#messages.shift();
    if (this.#messages.length < most && this.#socket.isPaused) this.#socket.resume();
    if (frame !== undefined) return { message: decodeFrame(frame) };
    return this.#ending;
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

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
