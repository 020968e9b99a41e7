// A run's events as newline-delimited JSON, read from the journal at the pace of the client.
import { decodeFrame } from '../../../shared/protocol/relay/frames.ts';
import type { JournalEntry } from '../../queue/queue.ts';

/** Bytes in an event are `{"$base64": "…"}`. */
export function eventLine({ frame }: JournalEntry): string {
  const { event } = decodeFrame(frame) as { event: unknown };
  const text = JSON.stringify(event, (_key, value: unknown) =>
    value instanceof Uint8Array ? { $base64: Buffer.from(value).toString('base64') } : value,
  );
  return `${text}\n`;
}

/** Milliseconds in which a client that has much to read must have read something. */
const patience = 600_000;

export interface EventStreamOptions {
  /** The event after which the stream ends, if the run has not ended before. */
  readonly last: number;
  /** Called when nobody reads on. */
  readonly abort: () => void;
  /** Ends the stream before its time, with the reason as its error. */
  readonly revoked?: AbortSignal;
  readonly patience?: number;
}

/** One line an event. Fails, which closes the connection, for a client that does not read what there is for it. */
export function eventStream(
  events: AsyncIterable<JournalEntry>,
  { last, abort, revoked, patience: limit = patience }: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const entries = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let stalled: NodeJS.Timeout | undefined;
  let revoke: () => void = () => undefined;
  const stop = async (): Promise<void> => {
    clearTimeout(stalled);
    revoked?.removeEventListener('abort', revoke);
    abort();
    await entries.return?.();
  };
  return new ReadableStream({
    start: (controller) => {
      revoke = () => {
        controller.error(revoked?.reason);
        stop().catch(() => undefined); // whom it could be told has gone
      };
      revoked?.addEventListener('abort', revoke, { once: true });
    },
    pull: async (controller) => {
      clearTimeout(stalled);
      const next = await entries.next();
      if (revoked?.aborted) return;
      if (next.done === true) {
        controller.close();
        revoked?.removeEventListener('abort', revoke);
        return;
      }
      const { value } = next;
      controller.enqueue(encoder.encode(eventLine(value)));
      if (value.sequence < last && !value.terminal) {
        stalled = setTimeout(() => {
          controller.error(new Error('The client has stopped reading.'));
          stop().catch(() => undefined); // whom it could be told has gone
        }, limit);
        return;
      }
      controller.close();
      await stop();
    },
    cancel: stop,
  });
}
