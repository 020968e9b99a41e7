// All keys of a relay. A key is looked for in the same time wherever it stands and however much of it is right.
import { timingSafeEqual } from 'node:crypto';
import { failure } from '../../../shared/errors.ts';
import { digestOf, type Key, type KnownKey } from './key.ts';

export class KeyRing {
  readonly #keys: readonly KnownKey[];

  /** Fails with command.usage where two keys have one name, or are one key. */
  constructor(keys: readonly KnownKey[]) {
    this.#keys = keys;
    const names = keys.map(({ submitter }) => submitter.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw failure('command.usage', `Two API keys have the name ${twice}.`);
    if (new Set(keys.map(({ digest }) => Buffer.from(digest).toString('hex'))).size < keys.length) {
      throw failure('command.usage', 'Two entries hold the same API key.', { hint: 'Give each its own: sluice key' });
    }
  }

  get isEmpty(): boolean {
    return this.#keys.length === 0;
  }

  /** The values of all secrets that documents may name. */
  secrets(): string[] {
    return this.#keys.flatMap(({ submitter }) => Object.values(submitter.secrets ?? {}));
  }

  /** The key with these bytes; undefined for one that is unknown or no longer good at `now`. */
  find(presented: Uint8Array, now: number): Key | undefined {
    const digest = digestOf(presented);
    let found: KnownKey | undefined;
    for (const key of this.#keys) {
      if (timingSafeEqual(digest, key.digest)) found = key;
    }
    return found && isGood(found, now) ? found : undefined;
  }
}

export function isGood({ expires }: Key, now: number): boolean {
  return expires === undefined || now < expires;
}
