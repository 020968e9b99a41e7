// What a protocol on a socket is made of, and what it is given.
import type { Logger } from 'pino';
import type { Key } from '../keys/key.ts';
import type { RunsOfKey } from '../rights.ts';
import type { Services } from '../services.ts';
import type { Received } from './inbox.ts';
import type { Outbox } from './outbox.ts';

export interface SessionContext {
  readonly key: Key;
  readonly runs: RunsOfKey;
  readonly outbox: Outbox;
  /** Aborted when the connection has ended. */
  readonly ended: AbortSignal;
  readonly log: Logger;
  readonly services: Services;
  close(code: number, reason: string): void;
}

export interface Session {
  /** Once, when the connection is open. */
  begin(): Promise<void>;
  /** One message after the other. */
  take(message: Received): Promise<void>;
  /** Runs that are followed now. */
  readonly following: number;
}

/** Runs that one connection may follow at once. */
export const mostFollowed = 64;
