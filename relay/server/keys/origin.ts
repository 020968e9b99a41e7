// Which pages may talk to the relay. A browser tells the page's origin with everything that could do harm; other
// programs tell none.
import type { IncomingMessage } from 'node:http';
import { failure } from '../../../shared/errors.ts';

export interface OriginRules {
  /** Exact origins of pages beside the relay's own, such as `https://pipelines.example.com`. */
  readonly allowed: ReadonlySet<string>;
  /** Without keys, only names of this machine are taken for the relay's own: any name can be made to lead here. */
  readonly keyless: boolean;
}

/** Fails with run.forbidden for a page of another origin. */
export function checkOrigin({ headers }: Pick<IncomingMessage, 'headers'>, { allowed, keyless }: OriginRules): void {
  const { origin, host = '' } = headers;
  const known = origin !== undefined && allowed.has(origin);
  if (keyless && !isLocal(host) && !known) {
    throw failure('run.forbidden', 'Without a key the relay answers only under a name of its own machine.', {
      hint: 'Ask for localhost or 127.0.0.1, or start the relay with a key.',
    });
  }
  if (origin === undefined || known || hostOf(origin) === host.toLowerCase()) return;
  throw failure('run.forbidden', 'Pages of this origin may not use the relay.', {
    hint: 'Start the relay with --allow-origin and the address of the page.',
  });
}

function hostOf(origin: string): string | undefined {
  return /^https?:\/\/([^/]+)$/i.exec(origin)?.[1]?.toLowerCase();
}

function isLocal(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
