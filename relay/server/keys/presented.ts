// The key that a request carries: in the header X-API-Key, as a bearer token, or on a socket as a subprotocol. Never in
// the address, which ends up in logs and histories.
import type { IncomingMessage } from 'node:http';
import { failure } from '../../../shared/errors.ts';
import { keySubprotocol } from '../../../shared/protocol/relay/messages.ts';

const queryNames = ['key', 'api_key', 'api-key', 'apikey', 'x-api-key', 'token', 'access_token'];

/** Its bytes; undefined without one. Fails with key.invalid for several, and for one in the address. */
export function presentedKey(request: Pick<IncomingMessage, 'url' | 'rawHeaders'>): Uint8Array | undefined {
  const parameters = new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));
  if ([...parameters.keys()].some((name) => queryNames.includes(name.toLowerCase()))) {
    throw failure('key.invalid', 'A key in an address is not taken: addresses are written down in too many places.', {
      hint: 'Send it in the header X-API-Key, or to a socket as a subprotocol.',
    });
  }
  const keys = [...fromHeaders(request.rawHeaders)];
  if (keys.length > 1) throw failure('key.invalid', 'The request carries more than one API key.');
  return keys[0];
}

function* fromHeaders(rawHeaders: readonly string[]): Generator<Uint8Array> {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name, value] = [rawHeaders[index]?.toLowerCase(), rawHeaders[index + 1] ?? ''];
    // Node reads headers as Latin-1, a character a byte: these are the bytes as they came.
    if (name === 'x-api-key') yield Buffer.from(value, 'latin1');
    if (name === 'authorization' && /^bearer /i.test(value)) yield Buffer.from(value.slice(7).trim(), 'latin1');
    if (name === 'sec-websocket-protocol') {
      const offered = value.split(',').map((text) => text.trim());
      yield* offered
        .filter((text) => text.startsWith(keySubprotocol))
        .map((text) => Buffer.from(text.slice(keySubprotocol.length), 'base64url'));
    }
  }
}
