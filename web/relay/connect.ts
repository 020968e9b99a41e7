// A socket to a relay, from a browser: the key travels as a subprotocol, because pages can set no headers on sockets.
import { asSluiceError, cancelled, failure, type SluiceError } from '../../shared/errors.ts';
import { Inbox } from '../../shared/protocol/relay/inbox.ts';
import type { Link } from '../../shared/protocol/relay/followed-run.ts';
import { keySubprotocol, subprotocol } from '../../shared/protocol/relay/subprotocols.ts';
import { ask, type Relay } from './ask.ts';

/** Milliseconds that a handshake, or an answer over HTTP, may take. */
const patience = 15_000;

/** Fails with relay.unreachable, key.missing, key.invalid, key.throttled, protocol.version; run.cancelled by the signal. */
export function connect(relay: Relay, signal: AbortSignal): Promise<Link> {
  const { address, key } = relay;
  const inbox = new Inbox();
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled());
      return;
    }
    const socket = new WebSocket(address.socket, key === '' ? [subprotocol] : [subprotocol, encodeKey(key)]);
    socket.binaryType = 'arraybuffer';
    const abandon = (): void => {
      socket.close();
      reject(cancelled());
    };
    const timer = setTimeout(() => socket.close(), patience);
    signal.addEventListener('abort', abandon, { once: true });
    let opened = false;
    socket.onopen = () => {
      opened = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abandon); // an open socket tells the relay first
      resolve({ inbox, send: (message) => send(socket, JSON.stringify(message)), close: () => socket.close(1000) });
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      inbox.push(typeof data === 'string' ? data : new Uint8Array(data));
    };
    socket.onclose = ({ code, reason }) => {
      clearTimeout(timer);
      inbox.end({ code, reason });
      // A browser does not say why a handshake failed: the relay is asked over HTTP.
      if (!opened && !signal.aborted) {
        void diagnose(relay, signal)
          .then(reject)
          .finally(() => signal.removeEventListener('abort', abandon));
      }
    };
  });
}

/** Why no socket can be opened; undefined when the relay answers and takes the key. */
export async function findTrouble({ address, key }: Relay, signal?: AbortSignal): Promise<SluiceError | undefined> {
  const { host } = address.http;
  let answer: Response;
  try {
    answer = await ask({ address, key }, 'api/runs?limit=1', { patience, signal });
  } catch (thrown) {
    return asSluiceError(thrown);
  }
  const { status } = answer;
  if (status === 401 && key === '') return failure('key.missing', `The relay at ${host} asks for an API key.`);
  if (status === 401) return failure('key.invalid', `The relay at ${host} does not know this API key.`);
  if (status === 403) return failure('run.forbidden', `The relay at ${host} does not allow this.`);
  if (status === 429) {
    return failure('key.throttled', `The relay at ${host} wants fewer attempts.`, { hint: 'Wait a moment.' });
  }
  if (status >= 400) {
    return failure('relay.unreachable', `${host} answers ${status}.`, { hint: 'Is this the address of a relay?' });
  }
  return undefined;
}

async function diagnose(relay: Relay, signal: AbortSignal): Promise<SluiceError> {
  const trouble = await findTrouble(relay, signal);
  return (
    trouble ??
    failure('relay.unreachable', `The relay at ${relay.address.http.host} opens no socket.`, {
      hint: 'Is a proxy in between that does not pass WebSockets on?',
    })
  );
}

/** Browsers keep what cannot be sent at once; what we send is small. */
function send(socket: WebSocket, text: string): Promise<void> {
  if (socket.readyState !== WebSocket.OPEN) {
    return Promise.reject(failure('relay.lost', 'The connection to the relay was lost.'));
  }
  socket.send(text);
  return Promise.resolve();
}

/** Base64url (RFC 4648, section 5) without padding: a subprotocol is a token. */
function encodeKey(key: string): string {
  const bytes = new TextEncoder().encode(key);
  const base64 = btoa(String.fromCharCode(...bytes));
  return keySubprotocol + base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
