// Listens for HTTP, and stops without dropping what is under way.
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { failure, messageOf, type SluiceError } from '../../shared/errors.ts';

export interface Listening {
  readonly server: Server;
  /** Such as `http://127.0.0.1:3031`. */
  readonly address: string;
  /** Answers what was asked, for a second at most, then stops. */
  close(): Promise<void>;
}

/** Milliseconds that answers under way may take when the server stops. */
const patience = 1000;

/** Milliseconds in which a connection must have sent a whole head of a request, and how often that is looked at. */
const quiet = { headersTimeout: 15_000, connectionsCheckingInterval: 5000 } as const;

export interface Address {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface ListenOptions extends Address {
  /** Connections that may be open at once, whatever they speak; further ones are closed at once. */
  readonly mostConnections?: number | undefined;
  /** Called for each connection that is closed because there are too many. */
  readonly onDropped?: (() => void) | undefined;
}

/** What a server is made of. */
export interface Served {
  fetch: Parameters<typeof createAdaptorServer>[0]['fetch'];
}

/** Starts to serve the app. Fails with command.usage when the port or the address cannot be had. */
export async function listen(
  app: Served,
  { host, port, mostConnections, onDropped }: ListenOptions,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    // a client that is gone without a word is noticed
    serverOptions: { keepAlive: true, keepAliveInitialDelay: 60_000, ...quiet },
  }) as Server;
  if (mostConnections !== undefined) server.maxConnections = mostConnections;
  if (onDropped) server.on('drop', onDropped);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (thrown) => reject(explain(thrown, { host, port })));
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  const actual = typeof bound === 'object' && bound ? bound.port : port;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
  return { server, address, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function explain(thrown: Error, { host, port }: Address): SluiceError {
  const code = 'code' in thrown ? String(thrown.code) : '';
  const usage = (message: string, hint: string): SluiceError =>
    failure('command.usage', message, { hint, cause: thrown });
  const another = 'Choose another one, such as --port 4000.';
  if (code === 'EADDRINUSE') {
    return usage(`Port ${port} on ${host} is in use.`, `Perhaps Sluice runs already. ${another}`);
  }
  if (code === 'EACCES') return usage(`Port ${port} on ${host} may not be used.`, another);
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(code)) {
    return usage(`This machine has no address ${host}.`, 'Leave --host out to use 127.0.0.1.');
  }
  return failure('internal', `The server could not be started: ${messageOf(thrown)}`, { cause: thrown });
}
