// Asks a relay over HTTP, from a page.
import { failure } from '../../shared/errors.ts';
import type { RelayAddress } from '../../shared/protocol/relay/address.ts';

export interface Relay {
  readonly address: RelayAddress;
  /** Empty for a relay that asks for none. */
  readonly key: string;
}

/** Sends JSON, or nothing, to a path below the relay's address. Fails with relay.unreachable when nothing answers in time. */
export async function ask({ address, key }: Relay, path: string, patience: number, body?: object): Promise<Response> {
  const headers = {
    ...(key === '' ? {} : { 'X-API-Key': key }),
    ...(body ? { 'Content-Type': 'application/json' } : {}),
  };
  try {
    return await fetch(new URL(path, address.http), {
      ...{ headers, signal: AbortSignal.timeout(patience), cache: 'no-store' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
  } catch (thrown) {
    throw failure('relay.unreachable', `The relay at ${address.http.host} cannot be reached from this page.`, {
      cause: thrown,
      hint: `Is it running, and is the address right? A relay elsewhere must allow this page: --allow-origin ${location.origin}`,
    });
  }
}
