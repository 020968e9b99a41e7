// Sends frames one after the other, the next when the last has left: a slow reader makes whoever sends to it wait, and
// nothing piles up in memory.
import type { WebSocket } from 'ws';
import { failure } from '../../../shared/errors.ts';
import type { Frame } from '../../../shared/protocol/relay/frames.ts';

export class Outbox {
  readonly #socket: WebSocket;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Resolves when the frame has been handed to the system; rejects with relay.lost when the connection has ended. */
  send(frame: Frame): Promise<void> {
    const sent = this.#last.then(() => this.#send(frame));
    this.#last = sent.catch(() => undefined); // whoever sent it hears of it
    return sent;
  }

  /** When all that was to be sent has left, or will never leave. */
  flushed(): Promise<void> {
    return this.#last;
  }

  #send(frame: Frame): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== this.#socket.OPEN) {
        reject(failure('relay.lost', 'The connection has ended.'));
        return;
      }
      this.#socket.send(frame, (thrown) => {
        if (thrown) reject(failure('relay.lost', 'The connection has ended.', { cause: thrown }));
        else resolve();
      });
    });
  }
}
