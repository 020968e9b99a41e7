// Slows down who guesses keys: after a few wrong ones an address has to wait, longer each time. A right key changes nothing:
// whoever has one could guess others. Memory is bounded. `now` is of a clock that nobody sets.
import { isIPv6 } from 'node:net';

export interface ThrottleOptions {
  /** Wrong keys that cost nothing. */
  readonly free?: number;
  /** Milliseconds to wait after the next; doubles with each. */
  readonly firstWait?: number;
  readonly longestWait?: number;
  /** Milliseconds after the last wrong key when an address is forgotten. */
  readonly memory?: number;
  /** Addresses that are remembered; the one that was longest quiet goes first. */
  readonly mostAddresses?: number;
}

interface Attempts {
  readonly wrong: number;
  readonly last: number;
  readonly until: number;
}

export class Throttle {
  readonly #options: Required<ThrottleOptions>;
  readonly #attempts = new Map<string, Attempts>();

  constructor(options: ThrottleOptions = {}) {
    const defaults = { free: 5, firstWait: 1000, longestWait: 60_000, memory: 15 * 60_000, mostAddresses: 10_000 };
    this.#options = { ...defaults, ...options };
  }

  get size(): number {
    return this.#attempts.size;
  }

  /** Milliseconds that the address still has to wait; 0 when it may try. */
  wait(address: string, now: number): number {
    return Math.max(0, (this.#attempts.get(network(address))?.until ?? 0) - now);
  }

  failed(address: string, now: number): void {
    const { free, firstWait, longestWait, memory, mostAddresses } = this.#options;
    const place = network(address);
    const before = this.#attempts.get(place);
    const wrong = before && now - before.last < memory ? before.wrong + 1 : 1;
    const wait = wrong > free ? Math.min(longestWait, firstWait * 2 ** Math.min(wrong - free - 1, 30)) : 0;
    this.#attempts.delete(place); // a Map keeps the order in which keys were set
    this.#attempts.set(place, { wrong, last: now, until: now + wait });
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > mostAddresses && oldest !== undefined) this.#attempts.delete(oldest);
  }
}

/** One customer has a whole /64 of IPv6 addresses. */
function network(address: string): string {
  if (!isIPv6(address) || /^::ffff:/i.test(address)) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups.slice(0, 4).join(':');
}
