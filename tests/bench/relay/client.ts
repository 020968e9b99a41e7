// A client of sluice.v1 that only looks at what it measures: when events arrive, by the clock that processes share.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { decodeFrame } from '../../../shared/protocol/relay/frames.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import { subprotocol, type FromRelay, type ToRelayInput } from '../../../shared/protocol/relay/messages.ts';

export interface Arrival {
  readonly run: string;
  readonly event: RunEvent;
  /** Milliseconds since 1970, with fractions. */
  readonly at: number;
}

/** Milliseconds since 1970, with fractions; the same clock in all processes of a machine. */
export const now = (): number => performance.timeOrigin + performance.now();

export class BenchClient {
  /** Every event, as it comes. */
  onEvent: (arrival: Arrival) => void = () => undefined;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, { resolve: (run: string) => void; reject: (reason: Error) => void }>();
  #request = 0;
  #stalled = false;
  #held = 0;
  #latest: Arrival | undefined;

  static async connect(address: string): Promise<BenchClient> {
    const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/ws/connect`, [subprotocol]);
    const client = new BenchClient(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary) => this.#hear(isBinary ? data : data.toString('utf8'), now()));
  }

  /** Resolves with the run's id when the relay has accepted it; its events may come before. */
  submit(document: string, id: string = randomUUID()): Promise<string> {
    return this.#ask({ type: 'submit', request: ++this.#request, submission: { document, id } });
  }

  follow(run: string): Promise<string> {
    return this.#ask({ type: 'follow', request: ++this.#request, run });
  }

  /** Reads nothing more, as a client that hangs. */
  stall(): void {
    this.#stalled = true;
    this.#socket.pause();
  }

  /** Reads on. Resolves with the number of events that had been sent meanwhile, before any of them was acknowledged. */
  async resume(): Promise<number> {
    this.#socket.resume();
    for (let before = -1; before < this.#held;) {
      before = this.#held;
      const answer = new Promise((resolve) => this.#socket.once('pong', resolve));
      this.#socket.ping();
      await answer;
    }
    const held = this.#held;
    this.#stalled = false;
    const { run, event } = this.#latest ?? {};
    if (run !== undefined && event) this.#send({ type: 'received', run, sequence: event.sequence });
    return held;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.resume();
    this.#socket.close();
    await closed;
  }

  #ask(message: ToRelayInput & { readonly request: number }): Promise<string> {
    this.#send(message);
    return new Promise((resolve, reject) => this.#answers.set(message.request, { resolve, reject }));
  }

  #send(message: ToRelayInput): void {
    this.#socket.send(JSON.stringify(message));
  }

  #hear(frame: string | Uint8Array, at: number): void {
    const message = decodeFrame(frame) as FromRelay;
    if (message.type === 'event') {
      const { run, event } = message;
      if (this.#stalled) this.#held += 1;
      // twice a window, so that the relay need not wait
      else if (event.sequence % (limits.window.events / 2) === 0)
        this.#send({ type: 'received', run, sequence: event.sequence });
      this.#latest = { run, event, at };
      this.onEvent(this.#latest);
    } else if (message.type === 'accepted' || message.type === 'following') {
      this.#answers.get(message.request)?.resolve(message.run.id);
    } else if (message.type === 'refused') {
      const reason = new Error(message.issue.message);
      if (message.request === undefined) throw reason;
      this.#answers.get(message.request)?.reject(reason);
    }
  }
}
