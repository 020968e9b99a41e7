// The page's side of the checking Worker. Of the texts to check only the newest counts: while one is being checked the
// next waits, a newer one takes its place, and what is no longer wanted is answered with undefined.
import { failure, SluiceError } from '../../../shared/errors.ts';
import type { JsonSchema } from '../../../shared/pipeline/json-schema.ts';
import type { Checked, CheckRequest, FromChecker, Question, Questions } from './messages.ts';

export interface Checker {
  /** Undefined when a newer text has come meanwhile. Rejects when the Worker cannot work. */
  check(request: CheckRequest): Promise<Checked | undefined>;
  schema(): Promise<JsonSchema>;
  close(): void;
}

/** What of a Worker is used here. */
export type CheckWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>;

/** Milliseconds after which a check that holds up a newer one is given up with its Worker. */
export const patience = 2000;

/** Starts the Worker when it is first asked something. */
export function createChecker(start: () => CheckWorker = startWorker): Checker {
  return new WorkerChecker(start);
}

function startWorker(): Worker {
  return new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module', name: 'sluice-check' });
}

interface Waiting {
  readonly resolve: (output: never) => void;
  readonly reject: (error: SluiceError) => void;
}

interface Pending {
  readonly request: CheckRequest;
  readonly resolve: (checked: Checked | undefined) => void;
  readonly reject: (thrown: unknown) => void;
}

class WorkerChecker implements Checker {
  readonly #start: () => CheckWorker;
  readonly #waiting = new Map<number, Waiting>();
  #worker: CheckWorker | undefined;
  #asked = 0;
  /** The text that waits for its turn; present only while another is being checked. */
  #next: Pending | undefined;
  #checking = false;
  #schema: Promise<JsonSchema> | undefined;
  #closed = false;

  constructor(start: () => CheckWorker) {
    this.#start = start;
  }

  check(request: CheckRequest): Promise<Checked | undefined> {
    return new Promise((resolve, reject) => {
      this.#next?.resolve(undefined);
      this.#next = { request, resolve, reject };
      if (!this.#checking) void this.#work();
    });
  }

  schema(): Promise<JsonSchema> {
    this.#schema ??= this.#ask('schema', null).catch((thrown: unknown) => {
      this.#schema = undefined; // asked again when it is needed again
      throw thrown;
    });
    return this.#schema;
  }

  close(): void {
    this.#closed = true;
    this.#end(failure('engine.closed', 'The page has closed its checker.'));
  }

  /** Checks one text after another until none waits. */
  async #work(): Promise<void> {
    this.#checking = true;
    for (let pending = this.#takeNext(); pending; pending = this.#takeNext()) {
      try {
        const checked = await this.#checkOne(pending.request);
        pending.resolve(this.#superseded() ? undefined : checked);
      } catch (thrown) {
        if (this.#superseded()) pending.resolve(undefined);
        else pending.reject(thrown);
      }
    }
    this.#checking = false;
  }

  #takeNext(): Pending | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }

  #superseded(): boolean {
    return this.#next !== undefined;
  }

  async #checkOne(request: CheckRequest): Promise<Checked> {
    const impatience = setInterval(() => {
      if (this.#superseded()) this.#end(failure('engine.died', 'Checking the text took too long.'));
    }, patience);
    try {
      return await this.#ask('check', request);
    } finally {
      clearInterval(impatience);
    }
  }

  #ask<Name extends Question>(question: Name, input: Questions[Name]['input']): Promise<Questions[Name]['output']> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(failure('engine.closed', 'The page has closed its checker.'));
        return;
      }
      const id = ++this.#asked;
      this.#waiting.set(id, { resolve, reject });
      this.#current().postMessage({ id, question, input });
    });
  }

  #current(): CheckWorker {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    worker.onmessage = ({ data }: MessageEvent<FromChecker>) => this.#receive(data);
    worker.onmessageerror = () => this.#end(stopped('a message could not be read'));
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(stopped(event.message));
    };
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromChecker): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.output as never);
    else waiting?.reject(new SluiceError(message.issue));
  }

  /** Ends the Worker; the next question starts a fresh one. */
  #end(reason: SluiceError): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(reason);
  }
}

function stopped(why: string): SluiceError {
  return failure('engine.failed', 'The text cannot be checked: the Worker that does it stopped.', {
    hint: 'Reload the page. Run still works.',
    ...(why === '' ? {} : { cause: why }),
  });
}
