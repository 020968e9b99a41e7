// Requests with an `Upgrade` to something other than WebSockets, such as h2c, which clients offer by default: a server may
// leave the offer out of account (RFC 9110, section 7.8). Node takes such a connection away from HTTP, so that it is given
// back, with the request as it would be without the offer.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Whether a request asks for a WebSocket. */
export function asksForSocket({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return listed(headers.upgrade).includes('websocket');
}

/** Serves the request, and those that follow it on its connection, over HTTP/1.1. `head` is what came after its head. */
export function serveWithoutUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method = 'GET', url = '/', httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    const kept = withoutOffer(name.toLowerCase(), value);
    if (kept !== '') lines.push(`${name}: ${kept}`);
  }
  // Node reads heads as Latin-1
  const again = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  socket.unshift(Buffer.concat([again, head]));
  server.emit('connection', socket);
}

/** The header's value; empty where it belongs to the offer. */
function withoutOffer(name: string, value: string): string {
  if (name === 'upgrade' || name === 'http2-settings') return '';
  if (name !== 'connection') return value;
  return value
    .split(',')
    .map((token) => token.trim())
    .filter((token) => !/^(upgrade|http2-settings)$/i.test(token))
    .join(', ');
}

function listed(value: string | undefined): string[] {
  return (value ?? '').split(',').map((token) => token.trim().toLowerCase());
}
