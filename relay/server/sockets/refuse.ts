// Answers an upgrade that is refused, as HTTP. The reasons are a closed set: key.*, run.forbidden, protocol.version,
// protocol.limit, queue.closing.
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { asSluiceError } from '../../../shared/errors.ts';
import { retryHeaders, statusOf } from '../status.ts';

/** What a stock executor says to a key that is wrong or missing, to the byte. */
const stockRefusal = '{"error":"Authentication failed"}';

export function refuseUpgrade(socket: Duplex, thrown: unknown, status?: number): void {
  const { issue } = asSluiceError(thrown);
  const code = status ?? statusOf(issue);
  const body = code === 401 ? stockRefusal : JSON.stringify({ error: issue.message, issue });
  const headers = {
    Connection: 'close',
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    ...retryHeaders(issue),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
