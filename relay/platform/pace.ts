// Watches an answer that comes over the network: a server that sends a byte now and then must not hold a run for ever.
import type { IncomingMessage } from 'node:http';

/** Bytes that must come in each stretch of time. */
const least = 1024;

/**
 * Calls `onStall` once fewer bytes have come within so many milliseconds, although they were wanted. Ends by itself with
 * the answer.
 */
export function watchPace(answer: IncomingMessage, milliseconds: number, onStall: () => void): void {
  const { socket } = answer;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    const now = socket.bytesRead;
    // Where nobody takes the bytes that are here already, the server is not to blame.
    const isWanted = answer.readableLength === 0;
    if (isWanted && now - before < least) onStall();
    before = now;
  }, milliseconds).unref();
  const stop = (): void => clearInterval(timer);
  answer.on('close', stop);
}
