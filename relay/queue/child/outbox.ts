// Events on their way to the relay: sent together, and held to what the journal has taken in.
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { isTerminal } from '../../../shared/protocol/events.ts';
import { entryOf } from '../journal/repair.ts';
import { endedBy } from '../outcome.ts';
import type { ChildEvent, FromChild } from './messages.ts';

/** Bytes that may be on their way before the run waits. */
const most = 4 * 1024 * 1024;

export class Outbox {
  readonly #run: string;
  readonly #send: (message: FromChild) => void;
  readonly #onWay: { readonly sequence: number; readonly size: number }[] = [];
  readonly #waiting = new Set<() => void>();
  #collected: ChildEvent[] = [];
  #bytes = 0;

  constructor(run: string, send: (message: FromChild) => void) {
    this.#run = run;
    this.#send = send;
  }

  put(event: RunEvent): void {
    const entry = entryOf(this.#run, event, isTerminal(event));
    const ended = endedBy(event);
    const rows = event.type === 'destination_completed' ? { rows: event.rows } : {};
    if (this.#collected.length === 0) setImmediate(() => this.#flush());
    this.#collected.push({ entry, ...rows, ...(ended ? { ended } : {}) });
    this.#onWay.push({ sequence: event.sequence, size: entry.frame.length });
    this.#bytes += entry.frame.length;
  }

  /** The events up to this one have been taken in. */
  taken(sequence: number): void {
    while (this.#onWay[0] && this.#onWay[0].sequence <= sequence) this.#bytes -= this.#onWay.shift()?.size ?? 0;
    for (const done of [...this.#waiting]) done();
  }

  /** Resolves when there is room for more. */
  room(): Promise<void> {
    return this.#until(() => this.#bytes < most);
  }

  /** Resolves when everything has been taken in. */
  empty(): Promise<void> {
    return this.#until(() => this.#onWay.length === 0);
  }

  #until(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  #flush(): void {
    const events = this.#collected;
    this.#collected = [];
    this.#send({ type: 'events', events });
  }
}
