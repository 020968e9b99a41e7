// Executors and relays that say what a test wants them to say, on real sockets.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { decodeFrame, encodeFrame } from '../../shared/protocol/relay/frames.ts';
import { subprotocol, type FromRelay } from '../../shared/protocol/relay/messages.ts';

export interface Executor {
  /** HOST:PORT. */
  readonly address: string;
  close(): Promise<void>;
}

/** A connection as the other side sees it. */
export interface Peer {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Sends one message, and resolves when it has left. */
  say(message: object): Promise<void>;
  /** The next message that came. */
  hear(): Promise<Record<string, unknown>>;
}

export interface ExecutorOptions {
  /** A stock executor knows no subprotocols. */
  readonly isRelay: boolean;
  readonly key?: string;
  /** Called for every connection; what it throws ends the connection and is kept in `errors`. */
  readonly serve: (peer: Peer, connection: number) => Promise<void>;
}

/** Starts one on a free port. `close` fails with the first error of `serve`. */
export async function startExecutor({ isRelay, key, serve }: ExecutorOptions): Promise<Executor> {
  const server = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (isRelay && offered.has(subprotocol) ? subprotocol : false),
  });
  const errors: unknown[] = [];
  let connections = 0;
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/ws/connect' || (key !== undefined && request.headers['x-api-key'] !== key)) {
      const body = '{"error":"Authentication failed"}';
      const fields = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close`;
      socket.end(`HTTP/1.1 401 Unauthorized\r\n${fields}\r\n\r\n${body}`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      // the first handshake with a stock executor fails on the client's side: it asks for a subprotocol
      if (!isRelay && request.headers['sec-websocket-protocol'] !== undefined) return;
      serve(peerOf(opened, request), connections++).catch((thrown: unknown) => {
        errors.push(thrown);
        opened.terminate();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
      if (errors.length > 0) throw errors[0];
    },
  };
}

function peerOf(socket: WebSocket, request: IncomingMessage): Peer {
  const heard: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  let closed = false;
  socket.on('message', (data: Buffer) => {
    heard.push(decodeFrame(data.toString('utf8')) as Record<string, unknown>);
    waiting.shift()?.();
  });
  socket.on('close', () => {
    closed = true;
    for (const wake of waiting) wake();
  });
  return {
    socket,
    request,
    say: (message) =>
      new Promise((resolve, reject) => {
        socket.send(encodeFrame(message), (thrown) => (thrown ? reject(thrown) : resolve()));
      }),
    hear: async () => {
      while (heard.length === 0) {
        if (closed) throw new Error('The client has gone without a word.');
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return heard.shift() ?? {};
    },
  };
}

/** A message of sluice.v1, typed. */
export function fromRelay(message: FromRelay): FromRelay {
  return message;
}
