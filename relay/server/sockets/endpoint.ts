// /ws/connect: lets sockets in, gives each its protocol. `ws` itself rather than a wrapper, because a refused upgrade has
// a body that clients know, frames must not get lost while a connection opens, and sending has to tell when it is done.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { asSluiceError, failure } from '../../../shared/errors.ts';
import { limits as sizes } from '../../../shared/protocol/limits.ts';
import { closeCodes, subprotocol } from '../../../shared/protocol/relay/messages.ts';
import type { Key } from '../keys/key.ts';
import { thrownFields } from '../log.ts';
import { RunsOfKey } from '../rights.ts';
import type { Services } from '../services.ts';
import { AqueductsSession } from './aqueducts.ts';
import { Connections, defaultLimits, type ConnectionLimits } from './connections.ts';
import { readMessages } from './inbox.ts';
import { Outbox } from './outbox.ts';
import { asksForSocket, serveWithoutUpgrade } from './plain.ts';
import { refuseUpgrade } from './refuse.ts';
import type { SessionContext } from './session.ts';
import { SluiceSession } from './sluice.ts';
import { chosenProtocol } from './versions.ts';

export const socketPath = '/ws/connect';

export interface SocketEndpoint {
  readonly connections: Connections;
  /** Closes every socket with 1001. */
  close(patience: number): Promise<void>;
}

/** Takes the upgrades of a server. */
export function openSockets(
  server: Server,
  services: Services,
  limits: Partial<ConnectionLimits> = {},
): SocketEndpoint {
  const connections = new Connections({ ...defaultLimits, ...limits });
  const sockets = new WebSocketServer({
    ...{ noServer: true, clientTracking: false, maxPayload: sizes.request.bytes, perMessageDeflate: false },
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false), // never the key
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!asksForSocket(request)) {
      serveWithoutUpgrade(server, request, socket, head);
      return;
    }
    const log = services.log.child({ connection: randomUUID() });
    socket.on('error', (thrown) => log.debug(thrownFields(thrown), 'connection broken'));
    try {
      const key = admit(request, services, connections);
      const protocol = chosenProtocol(request);
      sockets.handleUpgrade(request, socket, head, (open) =>
        begin(open, { key, protocol, log, services, connections }),
      );
    } catch (thrown) {
      const { code } = asSluiceError(thrown);
      services.metrics.refusals.inc({ code });
      log.info({ code, address: request.socket.remoteAddress }, 'connection refused');
      refuseUpgrade(socket, thrown, code === 'run.unknown' ? 404 : code === 'protocol.limit' ? 503 : undefined);
    }
  };
  server.on('upgrade', upgrade);
  return {
    connections,
    close: async (patience) => {
      server.off('upgrade', upgrade);
      await connections.close(patience);
    },
  };
}

function admit(request: IncomingMessage, { gate, isReady }: Services, connections: Connections): Key {
  if (request.url?.replace(/\?.*$/, '') !== socketPath) throw failure('run.unknown', 'There is no socket here.');
  const key = gate.admit(request);
  if (!isReady()) throw failure('queue.closing', 'The relay is shutting down.');
  if (connections.isFull) throw failure('protocol.limit', 'The relay has as many connections as it takes.');
  return key;
}

interface Beginning {
  readonly key: Key;
  readonly protocol: 'aqueducts' | 'sluice';
  readonly log: Services['log'];
  readonly services: Services;
  readonly connections: Connections;
}

function begin(socket: WebSocket, { key, protocol, log, services, connections }: Beginning): void {
  const { metrics, queue, gate } = services;
  const ended = new AbortController();
  const context: SessionContext = {
    ...{ key, services, runs: new RunsOfKey(queue, key), outbox: new Outbox(socket), ended: ended.signal },
    log: log.child({ key: key.submitter.name, protocol }),
    close: (code, reason) => socket.close(code, reason),
  };
  const session = protocol === 'sluice' ? new SluiceSession(context) : new AqueductsSession(context);
  const isGood = (): boolean => gate.isGood(key);
  const fail = (thrown: unknown): void => context.log.debug(thrownFields(thrown), 'connection lost');
  metrics.connections.inc({ protocol });
  context.log.debug('connection opened');
  socket.on('error', (thrown) => context.log.info(thrownFields(thrown), 'connection broken'));
  socket.once('close', (code) => {
    metrics.connections.dec({ protocol });
    context.log.debug({ code }, 'connection closed');
    ended.abort();
  });
  connections.add(socket, session, isGood, context.log);
  session.begin().catch(fail);
  const take = async (message: string | Uint8Array): Promise<void> => {
    if (ended.signal.aborted || socket.readyState !== socket.OPEN) return;
    if (isGood()) await session.take(message);
    else socket.close(closeCodes.policy, 'The key is no longer good.');
  };
  readMessages(socket, take, fail);
}
