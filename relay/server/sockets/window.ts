// Flow control of sluice.v1: how much of a run's events is on its way and not yet received.
import { limits } from '../../../shared/protocol/limits.ts';

interface Sent {
  readonly sequence: number;
  readonly bytes: number;
}

export class EventWindow {
  readonly #limits: { readonly events: number; readonly bytes: number };
  readonly #sent: Sent[] = [];
  #bytes = 0;
  #last: number;
  #wake: (() => void) | undefined;

  /** `after` is the event before the first. */
  constructor(after: number, window: { readonly events: number; readonly bytes: number } = limits.window) {
    this.#last = after;
    this.#limits = window;
  }

  /** Waits until an event of so many bytes may be sent. One that is larger than the window goes alone. */
  async room(bytes: number, signal: AbortSignal): Promise<void> {
    while (!this.#fits(bytes) && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#wake = wake;
        signal.addEventListener('abort', wake);
      });
      this.#wake = undefined;
    }
  }

  sent(sequence: number, bytes: number): void {
    this.#sent.push({ sequence, bytes });
    this.#bytes += bytes;
    this.#last = sequence;
  }

  /** Answers false for an event that was never sent. One that was received before is no news. */
  received(sequence: number): boolean {
    if (sequence > this.#last) return false;
    let known = this.#sent[0];
    while (known && known.sequence <= sequence) {
      this.#sent.shift();
      this.#bytes -= known.bytes;
      known = this.#sent[0];
    }
    this.#wake?.();
    return true;
  }

  #fits(bytes: number): boolean {
    const { events, bytes: mostBytes } = this.#limits;
    return this.#sent.length === 0 || (this.#sent.length < events && this.#bytes + bytes <= mostBytes);
  }
}
