// A run as the page follows it: its events in order, and exactly one last one, even when the Worker cannot send it.
import type { Issue } from '../../shared/errors.ts';
import { isTerminal, type RunEvent, type RunEventBody } from '../../shared/protocol/events.ts';

export class PendingRun {
  /** Settles after the terminal event. */
  readonly ended: Promise<void>;
  readonly #onEvent: (event: RunEvent) => void;
  readonly #started = performance.now();
  #sequence = 0;
  #over = false;
  #settle: () => void = () => undefined;

  constructor(onEvent: (event: RunEvent) => void) {
    this.#onEvent = onEvent;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get over(): boolean {
    return this.#over;
  }

  /** Passes an event of the Worker on. What comes after the last one is dropped: it was told already. */
  receive(event: RunEvent): void {
    if (this.#over) return;
    this.#sequence = event.sequence + 1;
    this.#over = isTerminal(event);
    try {
      this.#onEvent(event);
    } finally {
      if (this.#over) this.#settle();
    }
  }

  /** Ends the run in the Worker's place. */
  fail(issue: Issue): void {
    this.#end({ type: 'run_failed', issue, durationMs: this.#elapsed() });
  }

  /** Ends the run in the Worker's place. */
  cancelled(): void {
    this.#end({ type: 'run_cancelled', durationMs: this.#elapsed() });
  }

  #end(event: RunEventBody): void {
    this.receive({ ...event, sequence: this.#sequence });
  }

  #elapsed(): number {
    return Math.round(performance.now() - this.#started);
  }
}
