// One Worker from its start to its end. Its death is noticed by its own word, by an error event, or by being granted
// the lock that it holds while it lives: then, and whatever the cause, every call rejects. Before it holds that lock
// nothing tells of its death, so its first word has a deadline.
import { failure, SluiceError } from '../../shared/errors.ts';
import { Lifeline } from '../../shared/lifeline.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { CallProgress, FromWorker, WorkerCall, WorkerCalls } from '../../shared/protocol/worker.ts';

/** Milliseconds until a Worker has loaded its small entry. */
const firstWordWithin = 10_000;

interface Waiting {
  readonly resolve: (output: never) => void;
  readonly reject: (error: SluiceError) => void;
  readonly onProgress: ((progress: CallProgress) => void) | undefined;
  /** The call has ended: its signal is not listened to any more. */
  readonly settled: () => void;
}

/** What a call that takes a while may be given. */
export interface CallOptions {
  /** Asks the Worker to stop; the call then rejects with `run.cancelled`. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CallProgress) => void) | undefined;
}

export class Generation {
  /** Settles, never rejects, with the reason of the end. */
  readonly ended: Promise<SluiceError>;
  readonly #worker: Worker;
  readonly #life = new Lifeline();
  readonly #watching = new AbortController();
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEvent: (event: RunEvent) => void;
  readonly #deadline: ReturnType<typeof setTimeout>;
  #ready = false;
  #calls = 0;

  constructor(worker: Worker, onEvent: (event: RunEvent) => void) {
    this.#worker = worker;
    this.#onEvent = onEvent;
    this.ended = this.#life.ended;
    this.#deadline = setTimeout(() => this.end(died('it never answered')), firstWordWithin);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onmessageerror = () => this.end(died('a message could not be read'));
    worker.onerror = (event) => {
      event.preventDefault();
      this.end(this.#ready ? died(event.message) : unstartable(event.message));
    };
  }

  /** Whether the Worker has ever answered. */
  get started(): boolean {
    return this.#ready;
  }

  get over(): boolean {
    return this.#life.error !== undefined;
  }

  /** Calls the Worker. Rejects with the Worker's error, or with the reason of its end. */
  call<Name extends WorkerCall>(
    name: Name,
    input: WorkerCalls[Name]['input'],
    { signal, onProgress }: CallOptions = {},
  ): Promise<WorkerCalls[Name]['output']> {
    return this.#life.race(
      new Promise((resolve, reject) => {
        if (this.over) return; // the race is lost already
        const id = this.#post(name, input);
        const abandon = (): void => void this.#post('abandon', { call: id });
        const settled = (): void => signal?.removeEventListener('abort', abandon);
        this.#waiting.set(id, { resolve, reject, onProgress, settled });
        if (signal?.aborted) abandon();
        else signal?.addEventListener('abort', abandon, { once: true });
      }),
    );
  }

  /** Ends the Worker; the first reason stays. */
  end(reason: SluiceError): void {
    clearTimeout(this.#deadline);
    this.#watching.abort();
    this.#worker.terminate();
    for (const { settled } of this.#waiting.values()) settled();
    this.#waiting.clear();
    this.#life.end(reason);
  }

  /** For tests of the supervision: ends the Worker as a crash would, so that its end must be found out. */
  crash(): void {
    this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        clearTimeout(this.#deadline);
        void this.#watch(message.lock);
        break;
      case 'event':
        if (!this.over) this.#onEvent(message.event);
        break;
      case 'result':
        this.#take(message.id)?.resolve(message.output as never);
        break;
      case 'failure':
        this.#take(message.id)?.reject(new SluiceError(message.issue));
        break;
      case 'progress':
        this.#waiting.get(message.id)?.onProgress?.(message.progress);
        break;
      case 'died':
        this.end(new SluiceError(message.issue));
        break;
    }
  }

  #post<Name extends WorkerCall>(call: Name, input: WorkerCalls[Name]['input']): number {
    const id = ++this.#calls;
    this.#worker.postMessage({ id, call, input });
    return id;
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settled();
    return waiting;
  }

  async #watch(lock: string): Promise<void> {
    try {
      await navigator.locks.request(lock, { signal: this.#watching.signal }, () =>
        this.end(died('it ended unexpectedly')),
      );
    } catch (thrown) {
      if (!this.#watching.signal.aborted) this.end(died('it cannot be watched', thrown));
    }
  }
}

function died(why: string, cause?: unknown): SluiceError {
  return failure('engine.died', `The Worker that runs the pipeline stopped: ${why}.`, {
    hint: 'Run again: a fresh one takes over.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function unstartable(message: string): SluiceError {
  return failure('engine.failed', 'The Worker that runs pipelines could not be started.', {
    hint: isSecureContext ? 'Reload the page.' : 'Open the page over https, or on the computer that serves it.',
    cause: message,
  });
}
