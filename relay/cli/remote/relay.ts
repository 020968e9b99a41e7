// The relay or executor that the options name.
import { failure, type Issue, type SluiceError } from '../../../shared/errors.ts';
import type { RelayAddress } from '../../../shared/protocol/relay/address.ts';
import { readKey, type ExecutorOptions } from '../input/executor.ts';
import { isLoopback, relayAddress } from './address.ts';

export interface Relay {
  readonly address: RelayAddress;
  readonly key: string | undefined;
}

/** Its address and key; `warn` is told when the key travels unencrypted. Fails with command.usage and key.invalid. */
export async function relayOf(options: ExecutorOptions, warn: (issue: Issue) => Promise<void>): Promise<Relay> {
  const address = relayAddress(options.executor ?? '');
  const key = await readKey(options);
  if (key !== undefined && address.http.protocol === 'http:' && !isLoopback(address.http)) {
    const message = `The API key and the data travel to ${address.http.host} without encryption.`;
    const hint = 'Give an https:// or wss:// address where the relay has one.';
    await warn({ code: 'key.invalid', severity: 'warning', message, hint });
  }
  return { address, key };
}

export function unreachable({ address }: Relay, cause: unknown): SluiceError {
  return failure('relay.unreachable', `The relay at ${address.http.host} cannot be reached.`, {
    cause,
    hint: 'Is it running, and is the address right?',
  });
}
