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

/** One line an event; ends after the terminal one, or after the event `last`. `abort` is called when nobody reads on. */
export function eventStream(
  events: AsyncIterable<JournalEntry>,
  last: number,
  abort: () => void,
): ReadableStream<Uint8Array> {
  const entries = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const stop = async (): Promise<void> => {
    abort();
    await entries.return?.();
  };
  return new ReadableStream({
    pull: async (controller) => {
      const next = await entries.next();
      if (next.done === true) {
        controller.close();
        return;
      }
      const { value } = next;
      controller.enqueue(encoder.encode(eventLine(value)));
      if (value.sequence < last && !value.terminal) return;
      controller.close();
      await stop();
    },
    cancel: stop,
  });
}
