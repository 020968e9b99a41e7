// Asks a relay over HTTP, as the holder of a key of tests.
import type { TestRelay } from './start-relay.ts';

/** With the key of this name (`testKey`), or without one. */
export function httpClient(relay: TestRelay, name?: string) {
  const headers = { 'Content-Type': 'application/json', ...(name === undefined ? {} : { 'X-API-Key': `${name}-key` }) };
  return {
    get: (path: string) => fetch(`${relay.address}${path}`, { headers }),
    post: (path: string, body: unknown = {}) =>
      fetch(`${relay.address}${path}`, {
        ...{ method: 'POST', headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}
