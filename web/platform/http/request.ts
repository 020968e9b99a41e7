// GET over http(s) from the Worker (Fetch standard): given up when no byte comes for too long, and told apart why a
// server cannot be read, which the browser itself keeps from scripts.
import { cancelled, failure, SluiceError } from '../../../shared/errors.ts';
import { shownAddress } from '../../../shared/locations/address.ts';
import { brokenOff, stalled } from '../../../shared/locations/http.ts';

export interface RequestOptions {
  /** `bytes=0-99` and the like. One range that begins with a number needs no leave of another origin. */
  readonly range?: string;
  readonly method?: 'GET' | 'HEAD';
  readonly signal?: AbortSignal | undefined;
  /** Whether nobody looks into a request that fails: it rejects with the browser's own TypeError then. */
  readonly bare?: boolean;
  /** Milliseconds without a byte after which the request is given up. */
  readonly stallTimeout: number;
}

/** What a server has answered. Its body must be read to the end or cancelled. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body in pieces. Fails with file.failed, run.cancelled. */
  pieces(): AsyncGenerator<Uint8Array, void, void>;
  cancel(): void;
}

/** Fails with file.failed, file.forbidden, run.cancelled; not for statuses that tell of no success. */
export async function request(address: URL, options: RequestOptions): Promise<Answer> {
  const guard = new Guard(address, options);
  try {
    const { range, method = 'GET' } = options;
    const headers = range === undefined ? {} : { Range: range };
    const init: RequestInit = { method, headers, signal: guard.signal, referrerPolicy: 'no-referrer' };
    const response = await fetch(address, init);
    guard.rest();
    return {
      status: response.status,
      headers: response.headers,
      pieces: () => piecesOf(response, guard),
      cancel: () => guard.end(),
    };
  } catch (thrown) {
    const known = guard.known();
    guard.end();
    if (options.bare && !known && thrown instanceof TypeError) throw thrown;
    throw known ?? (await explain(thrown, address));
  }
}

/** The whole body, which must have so many bytes. Fails with file.failed, run.cancelled. */
export async function readExactly(answer: Answer, address: URL, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    for await (const piece of answer.pieces()) {
      if (filled + piece.byteLength > length) throw brokenOff(address, filled, length);
      bytes.set(piece, filled);
      filled += piece.byteLength;
    }
  } catch (thrown) {
    throw thrown instanceof TypeError ? brokenOff(address, filled, length, thrown) : thrown;
  }
  if (filled < length) throw brokenOff(address, filled, length);
  return bytes;
}

async function* piecesOf(response: Response, guard: Guard): AsyncGenerator<Uint8Array, void, void> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      guard.watch();
      const step = await reader?.read();
      guard.rest();
      if (!step || step.done) return;
      yield step.value;
    }
  } catch (thrown) {
    throw guard.known() ?? thrown;
  } finally {
    guard.end();
  }
}

/** Ends a request that stalls or is no longer wanted. */
class Guard {
  readonly #controller = new AbortController();
  readonly #address: URL;
  readonly #options: RequestOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reason: SluiceError | undefined;

  constructor(address: URL, options: RequestOptions) {
    this.#address = address;
    this.#options = options;
    const { signal } = options;
    if (signal?.aborted) throw cancelled();
    signal?.addEventListener('abort', this.#onAbort);
    this.watch();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for the next bytes, for so long. */
  watch(): void {
    const { stallTimeout } = this.#options;
    this.#timer = setTimeout(() => this.#stop(stalled(this.#address, stallTimeout)), stallTimeout);
  }

  /** Nothing is waited for. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  /** Why the request was ended from here. */
  known(): SluiceError | undefined {
    return this.#reason;
  }

  end(): void {
    this.rest();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#controller.abort();
  }

  readonly #onAbort = (): void => this.#stop(cancelled());

  #stop(reason: SluiceError): void {
    this.#reason ??= reason;
    this.#controller.abort();
  }
}

/** Why nothing was answered. A second request, whose answer stays hidden, shows whether the server is there at all. */
async function explain(thrown: unknown, address: URL): Promise<SluiceError> {
  if (thrown instanceof SluiceError) return thrown;
  const shown = shownAddress(address);
  if (globalThis.location.protocol === 'https:' && address.protocol === 'http:') {
    return failure('file.forbidden', `${shown} cannot be read from this page, which came over https.`, {
      hint: 'Use an https address.',
      cause: thrown,
    });
  }
  if (address.origin !== globalThis.location.origin && (await isThere(address))) {
    return failure('file.forbidden', `The server does not let this page read ${shown} (CORS).`, {
      hint: 'Its answers need the header Access-Control-Allow-Origin. Else load the file by other means and add it to the page, or run the pipeline on a relay.',
      cause: thrown,
    });
  }
  return failure('file.failed', `${shown} could not be loaded.`, {
    hint: 'Check the address and the connection to the server, then run again.',
    cause: thrown,
  });
}

async function isThere(address: URL): Promise<boolean> {
  try {
    await fetch(address, {
      method: 'HEAD',
      mode: 'no-cors',
      signal: AbortSignal.timeout(5000),
      referrerPolicy: 'no-referrer',
    });
    return true;
  } catch {
    return false; // the server cannot be reached, which is what was asked
  }
}
