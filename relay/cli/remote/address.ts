// Where the sockets of a relay are, from what the user typed: HOST:PORT, http(s):// or ws(s)://.
import { isIP } from 'node:net';
import { failure } from '../../../shared/errors.ts';

const schemes: Readonly<Record<string, string>> = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' };
const path = '/ws/connect';

/** The address of the sockets. Fails with command.usage, also for addresses with a key or a password in them. */
export function socketAddress(typed: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `ws://${typed}`;
  const scheme = URL.canParse(text) ? schemes[new URL(text).protocol] : undefined;
  if (scheme === undefined) {
    throw failure('command.usage', `'${shown(typed)}' is no address of a relay.`, {
      hint: 'Give HOST:PORT, or an address that begins with http://, https://, ws:// or wss://.',
    });
  }
  const url = new URL(text.replace(/^[a-z]+:/i, scheme));
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw failure('command.usage', 'The address of a relay has no user, password, query or fragment.', {
      hint: 'Keys travel in a header: set SLUICE_API_KEY or give --api-key-file.',
    });
  }
  const below = url.pathname.replace(/\/+$/, '');
  url.pathname = below.endsWith(path) ? below : below + path;
  return url;
}

/** Whether nothing leaves this machine on the way there. */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** What was typed, without what may be a secret in it. */
function shown(typed: string): string {
  return typed.replace(/\/\/[^/@]*@/, '//***@').replace(/[?#].*$/, '');
}
