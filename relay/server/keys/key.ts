// What a key is and allows. Keys are kept as SHA-256 digests: they are long and random, so that a slow hash gains nothing.
import { createHash } from 'node:crypto';
import type { Submitter } from '../../queue/queue.ts';

/**
 * `run`: submit runs, and see and cancel one's own. `read`: see everybody's. `cancel`: cancel everybody's. `metrics`:
 * what Prometheus asks for.
 */
export const rights = ['run', 'read', 'cancel', 'metrics'] as const;

export type Right = (typeof rights)[number];

/** Who is asking, and what is allowed. */
export interface Key {
  readonly rights: ReadonlySet<Right>;
  /** Milliseconds since 1970 from which on it is no longer good. */
  readonly expires?: number | undefined;
  readonly submitter: Submitter;
}

export interface KnownKey extends Key {
  /** 32 bytes. */
  readonly digest: Uint8Array;
}

export function digestOf(key: string | Uint8Array): Uint8Array {
  return createHash('sha256').update(key).digest();
}

/** The key of whoever asks a relay without keys, which listens to its own machine only. */
export function localKey(secrets: Readonly<Record<string, string>>): Key {
  return { rights: new Set(rights), submitter: { name: 'local', secrets } };
}
