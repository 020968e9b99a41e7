// Takes messages in one after the other. While too many wait, nothing more is read from the connection.
import type { RawData, WebSocket } from 'ws';
import { limits } from '../../../shared/protocol/limits.ts';

/** What may wait before the connection is read no further. */
const most = { messages: 64, bytes: limits.request.bytes };

export type Received = string | Uint8Array;

/** Hands each message to `take` when the one before it is done; what `take` throws goes to `fail`. */
export function readMessages(
  socket: WebSocket,
  take: (message: Received) => Promise<void>,
  fail: (thrown: unknown) => void,
): void {
  let [messages, bytes] = [0, 0];
  let last = Promise.resolve();
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const buffer = wholeOf(data);
    const message = isBinary ? buffer : buffer.toString('utf8');
    messages += 1;
    bytes += buffer.byteLength;
    if (messages >= most.messages || bytes >= most.bytes) socket.pause();
    last = last
      .then(() => take(message))
      .catch(fail)
      .finally(() => {
        messages -= 1;
        bytes -= buffer.byteLength;
        if (socket.isPaused && messages < most.messages && bytes < most.bytes) socket.resume();
      });
  });
}

function wholeOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
