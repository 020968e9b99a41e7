// Lets requests in: origin, then key, then a look at how many wrong keys came from where this one comes from.
import type { IncomingMessage } from 'node:http';
import { failure } from '../../../shared/errors.ts';
import { localKey, type Key } from './key.ts';
import { isGood, type KeyRing } from './key-ring.ts';
import { checkOrigin } from './origin.ts';
import { presentedKey } from './presented.ts';
import { isRandom } from './make-key.ts';
import { Throttle } from './throttle.ts';

export interface GateOptions {
  readonly keys: KeyRing;
  /** Exact origins of foreign pages. */
  readonly allowOrigins?: readonly string[] | undefined;
  /** For documents of a relay without keys. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  readonly throttle?: Throttle | undefined;
  /** Milliseconds since 1970, for the dates from which keys are no longer good. */
  readonly now?: (() => number) | undefined;
  /** Milliseconds of a clock that nobody sets, for waits. */
  readonly elapsed?: (() => number) | undefined;
}

export class Gate {
  readonly #keys: KeyRing;
  readonly #origins: ReadonlySet<string>;
  readonly #local: Key;
  readonly #throttle: Throttle;
  readonly #now: () => number;
  readonly #elapsed: () => number;

  constructor(options: GateOptions) {
    const { keys, allowOrigins = [], secrets = {}, throttle = new Throttle() } = options;
    const { now = Date.now, elapsed = () => performance.now() } = options;
    this.#keys = keys;
    this.#origins = new Set(allowOrigins);
    this.#local = localKey(secrets);
    this.#throttle = throttle;
    this.#now = now;
    this.#elapsed = elapsed;
  }

  /** Who asks. Fails with run.forbidden, key.missing, key.invalid or key.throttled; never tells which part was wrong. */
  admit(request: IncomingMessage): Key {
    checkOrigin(request, { allowed: this.#origins, keyless: this.#keys.isEmpty });
    const [address, elapsed] = [request.socket.remoteAddress ?? '', this.#elapsed()];
    const presented = presentedKey(request);
    if (this.#keys.isEmpty) return this.#local;
    if (presented === undefined) {
      throw failure('key.missing', 'The request carries no API key.', { hint: 'Send it in the header X-API-Key.' });
    }
    // where nobody can guess, nobody has to wait: who shares an address with a guesser keeps working
    const wait = isRandom(presented) ? 0 : this.#throttle.wait(address, elapsed);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      throw failure('key.throttled', 'Too many requests came with wrong keys.', { hint: `Wait for ${seconds} s.` });
    }
    const key = this.#keys.find(presented, this.#now());
    if (!key) {
      this.#throttle.failed(address, elapsed);
      throw failure('key.invalid', 'The API key is not known, or no longer good.');
    }
    return key;
  }

  /** Whether a key that was let in is good still. */
  isGood(key: Key): boolean {
    return isGood(key, this.#now());
  }
}
