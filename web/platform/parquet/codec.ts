// The engine Worker's end of a codec Worker: one request at a time, and its death rejects whatever waits.
import { cancelled, failure, type SluiceError } from '../../../shared/errors.ts';
import { Lifeline } from '../../../shared/lifeline.ts';
import type { CodecRequest, FromCodec, ToCodec } from './messages.ts';
import { compiledParquet } from './wasm.ts';

/** Kinds of answers and what they carry. */
type Answer<Kind extends FromCodec['kind']> = Extract<FromCodec, { kind: Kind }>;

export class Codec {
  readonly #worker: Worker;
  readonly #life = new Lifeline();
  readonly #signal: AbortSignal | undefined;
  #settle: (answer: FromCodec) => void = () => undefined;

  private constructor(worker: Worker, signal: AbortSignal | undefined, broken: (why: string) => SluiceError) {
    this.#worker = worker;
    this.#signal = signal;
    worker.onmessage = ({ data }: MessageEvent<FromCodec>) => this.#settle(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#life.end(broken(event.message));
    };
    signal?.addEventListener('abort', this.#onAbort);
  }

  /** Starts a Worker. `broken` makes the error of a panic in it. */
  static async start(signal: AbortSignal | undefined, broken: (why: string) => SluiceError): Promise<Codec> {
    const module = await compiledParquet();
    if (signal?.aborted) throw cancelled();
    const worker = new Worker(new URL('./codec-worker.ts', import.meta.url), { type: 'module', name: 'parquet' });
    const codec = new Codec(worker, signal, broken);
    worker.postMessage({ kind: 'start', module } satisfies ToCodec);
    return codec;
  }

  /** Asks and waits for an answer of one of these kinds; `failed` rejects with its message. */
  async ask<Kind extends FromCodec['kind']>(
    request: CodecRequest,
    transfer: Transferable[],
    ...kinds: Kind[]
  ): Promise<Answer<Kind>> {
    const answer = await this.#life.race(
      new Promise<FromCodec>((resolve) => {
        this.#settle = resolve;
        this.#worker.postMessage(request, transfer);
      }),
    );
    if (answer.kind === 'failed') throw new Error(answer.message);
    if (!kinds.includes(answer.kind as Kind)) throw failure('internal', `The codec answered ${answer.kind}.`);
    return answer as Answer<Kind>;
  }

  stop(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#life.end(failure('engine.closed', 'The Parquet codec was stopped.'));
    this.#worker.terminate();
  }

  readonly #onAbort = (): void => {
    this.#life.end(cancelled());
    this.#worker.terminate();
  };
}
