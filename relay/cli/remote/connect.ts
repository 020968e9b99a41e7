// Opens a socket to a relay: with our own protocol first, and without one where an Aqueducts executor answers.
import type { IncomingMessage } from 'node:http';
import { WebSocket, type RawData } from 'ws';
import { failure, messageOf, SluiceError } from '../../../shared/errors.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import { Inbox } from '../../../shared/protocol/relay/inbox.ts';
import { subprotocol } from '../../../shared/protocol/relay/messages.ts';
import { keyRequired } from '../input/executor.ts';
import { unreachable, type Relay } from './relay.ts';

export interface Connection {
  readonly protocol: 'sluice' | 'aqueducts';
  readonly inbox: Inbox;
  /** Resolves when it has left this process. */
  send(message: unknown): Promise<void>;
  /** The same for a message that is JSON already. */
  sendText(text: string): Promise<void>;
  close(): void;
}

/** Milliseconds that a handshake may take. */
const patience = 30_000;
/**
 * Milliseconds between two questions whether the other side is there. Who follows a run in sluice.v1 asks by messages of its
 * own, and knows that a large one may be on its way.
 */
const heartbeat = { aqueducts: 7000, sluice: 60_000 } as const;

/** Fails with relay.unreachable, key.missing, key.invalid, key.throttled, protocol.version. */
export async function connect(
  relay: Relay,
  signal: AbortSignal,
  accept: readonly Connection['protocol'][],
): Promise<Connection> {
  const ours = accept.includes('sluice') ? await open(relay, [subprotocol], signal) : undefined;
  if (ours) return ours;
  const theirs = accept.includes('aqueducts') ? await open(relay, [], signal) : undefined;
  if (theirs) return theirs;
  throw failure('protocol.version', `${relay.address.http.host} does not speak ${subprotocol}.`);
}

/** Undefined when the other side knows no such subprotocol. */
function open(relay: Relay, protocols: string[], signal: AbortSignal): Promise<Connection | undefined> {
  const { address, key } = relay;
  const protocol = protocols.length > 0 ? 'sluice' : 'aqueducts';
  const { bytes } = protocol === 'sluice' ? limits.message : limits.executorMessage;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = new WebSocket(address.socket, protocols, {
      headers: key === undefined ? {} : { 'X-API-Key': key },
      ...{ handshakeTimeout: patience, maxPayload: bytes, perMessageDeflate: false },
    });
    const abort = (): void => socket.terminate();
    signal.addEventListener('abort', abort, { once: true });
    const inbox = inboxOf(socket, protocol);
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      socket.terminate();
      reject(explainAnswer(response, relay));
    });
    socket.once('error', (thrown) => {
      signal.removeEventListener('abort', abort);
      if (protocols.length > 0 && messageOf(thrown) === 'Server sent no subprotocol') resolve(undefined);
      else reject(explain(thrown, relay));
    });
    socket.once('open', () => {
      signal.removeEventListener('abort', abort);
      keepAlive(socket, heartbeat[protocol]);
      resolve({
        ...{ protocol, inbox },
        send: (message) => send(socket, JSON.stringify(message)),
        sendText: (text) => send(socket, text),
        close: () => closeSoon(socket),
      });
    });
  });
}

/** What the socket brings. It rests while too much waits, but in sluice.v1, where the relay sends no more than a window. */
function inboxOf(socket: WebSocket, protocol: Connection['protocol']): Inbox {
  const resting = { pause: () => socket.pause(), resume: () => socket.resume() };
  const inbox = new Inbox(protocol === 'aqueducts' ? resting : undefined);
  socket.on('message', (data, isBinary) => inbox.push(isBinary ? bytesOf(data) : bytesOf(data).toString('utf8')));
  socket.on('close', (code, reason) => inbox.end({ code, reason: reason.toString('utf8') }));
  socket.on('error', (thrown: NodeJS.ErrnoException) => {
    // `close` follows, and tells of the others; of this one it says that the connection broke
    if (thrown.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') inbox.end({ code: 1009, reason: thrown.message });
    socket.terminate();
  });
  return inbox;
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** Ends a socket whose other side has gone without a word. */
function keepAlive(socket: WebSocket, interval: number): void {
  let heard = true;
  const hear = (): void => {
    heard = true;
  };
  socket.on('message', hear).on('pong', hear);
  const timer = setInterval(() => {
    if (socket.isPaused) return; // we are the slow ones
    if (!heard) return socket.terminate();
    heard = false;
    socket.ping();
  }, interval);
  socket.once('close', () => clearInterval(timer));
}

function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(text, (thrown) => {
      if (thrown) reject(failure('relay.lost', 'The connection to the relay was lost.', { cause: thrown }));
      else resolve();
    });
  });
}

/** Says goodbye; a side that does not answer keeps nothing waiting. */
function closeSoon(socket: WebSocket): void {
  socket.close(1000);
  setTimeout(() => socket.terminate(), 1000).unref();
}

function explain(thrown: Error, relay: Relay): SluiceError {
  return thrown instanceof SluiceError ? thrown : unreachable(relay, thrown);
}

function explainAnswer({ statusCode = 0, statusMessage = '' }: IncomingMessage, { address, key }: Relay): SluiceError {
  const { host } = address.http;
  if (statusCode === 401) {
    return key === undefined
      ? keyRequired()
      : failure('key.invalid', `Authentication failed: ${host} does not know this API key.`);
  }
  if (statusCode === 403) return failure('run.forbidden', `${host} refuses this connection.`);
  if (statusCode === 429)
    return failure('key.throttled', `${host} wants fewer attempts. Wait a moment, then try again.`);
  return failure('relay.unreachable', `${host} answers ${statusCode} ${statusMessage} instead of opening a socket.`, {
    hint: 'Is this the address of a relay or of an Aqueducts executor?',
  });
}
