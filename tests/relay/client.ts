// A plain WebSocket client that keeps what comes until a test looks at it.
import type { IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';
import { decodeFrame } from '../../shared/protocol/relay/frames.ts';

export interface TestClient {
  readonly socket: WebSocket;
  /** The next message, decoded. */
  next(): Promise<Record<string, unknown>>;
  /** All messages up to the first that is wanted, and that one. */
  until(isLast: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>[]>;
  send(message: unknown): void;
  /** The close code. */
  readonly closed: Promise<number>;
  close(): Promise<void>;
}

export interface Refused {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Connects; rejects with a `Refused` when the relay answers otherwise. */
export function connect(address: string, protocols: string[] = [], options: ClientOptions = {}): Promise<TestClient> {
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/ws/connect`, protocols, options);
  const messages: Record<string, unknown>[] = [];
  const waiting: { resolve: (message: Record<string, unknown>) => void; reject: (reason: Error) => void }[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    const message = decodeFrame(isBinary ? data : data.toString('utf8')) as Record<string, unknown>;
    const first = waiting.shift();
    if (first) first.resolve(message);
    else messages.push(message);
  });
  const closed = new Promise<number>((resolve) => {
    socket.once('close', (code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`The connection was closed with ${code}.`));
      resolve(code);
    });
  });
  const next = (): Promise<Record<string, unknown>> => {
    const message = messages.shift();
    if (message) return Promise.resolve(message);
    if (socket.readyState === socket.CLOSED) return Promise.reject(new Error('The connection is closed.'));
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const client: TestClient = {
    ...{ socket, next, closed },
    until: async (isLast) => {
      const taken: Record<string, unknown>[] = [];
      for (;;) {
        const message = await next();
        taken.push(message);
        if (isLast(message)) return taken;
      }
    },
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    close: async () => {
      socket.close();
      await closed;
    },
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(client));
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      const { statusCode: status = 0, headers } = response;
      response.on('end', () => reject(Object.assign(new Error(`refused: ${status}`), { status, headers, body })));
    });
    socket.on('error', reject);
  });
}

/** When the relay has heard all that the client has sent, answers to its pings included. */
export async function roundTrip({ socket }: TestClient): Promise<void> {
  const heard = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  await heard;
}

/** The refusal of a connection that must not come about. */
export async function refused(connecting: Promise<TestClient>): Promise<Refused> {
  try {
    const client = await connecting;
    await client.close();
  } catch (thrown) {
    if (thrown instanceof Error && 'status' in thrown) return thrown as unknown as Refused;
    throw thrown;
  }
  throw new Error('The connection was not refused.');
}
