// Where a relay is, from what the user typed: HOST:PORT, http(s):// or ws(s)://.
import { isIP } from 'node:net';
import { failure } from '../../../shared/errors.ts';
import { parseRelayAddress, type RelayAddress } from '../../../shared/protocol/relay/address.ts';

/** The addresses of a relay. Fails with command.usage, also for addresses with a key or a password in them. */
export function relayAddress(typed: string): RelayAddress {
  const address = parseRelayAddress(typed);
  if (address) return address;
  if (/[?#@]/.test(typed)) {
    throw failure('command.usage', 'The address of a relay has no user, password, query or fragment.', {
      hint: 'Keys travel in a header: set SLUICE_API_KEY or give --api-key-file.',
    });
  }
  throw failure('command.usage', `'${typed}' is no address of a relay.`, {
    hint: 'Give HOST:PORT, or an address that begins with http://, https://, ws:// or wss://.',
  });
}

/** Whether nothing leaves this machine on the way there. */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
