// Asks a relay over HTTP, from a page.
import { cancelled, failure } from '../../shared/errors.ts';
import type { RelayAddress } from '../../shared/protocol/relay/address.ts';

export interface Relay {
  readonly address: RelayAddress;
  /** Empty for a relay that asks for none. */
  readonly key: string;
}

export interface AskOptions {
  /** Milliseconds that the answer may take. */
  readonly patience: number;
  /** Gives the question up. */
  readonly signal?: AbortSignal | undefined;
  /** What is sent, as JSON. */
  readonly body?: object;
}

/**
 * Asks at a path below the relay's address. Fails with relay.unreachable when nothing answers in time, and with
 * run.cancelled by the signal.
 */
export async function ask(
  { address, key }: Relay,
  path: string,
  { patience, signal, body }: AskOptions,
): Promise<Response> {
  const inTime = AbortSignal.timeout(patience);
  const headers = {
    ...(key === '' ? {} : { 'X-API-Key': key }),
    ...(body ? { 'Content-Type': 'application/json' } : {}),
  };
  try {
    return await fetch(new URL(path, address.http), {
      ...{ headers, signal: signal ? AbortSignal.any([signal, inTime]) : inTime, cache: 'no-store' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
  } catch (thrown) {
    if (signal?.aborted) throw cancelled();
    throw failure('relay.unreachable', `The relay at ${address.http.host} cannot be reached from this page.`, {
      cause: thrown,
      hint: `Is it running, and is the address right? A relay elsewhere must allow this page: --allow-origin ${location.origin}`,
    });
  }
}
