import { once } from 'node:events';
import { expect, it } from 'vitest';
import { encodeFrame } from '../../../shared/protocol/relay/frames.ts';
import type { JournalEntry } from '../../queue/queue.ts';
import { eventStream } from './events.ts';

function entry(sequence: number): JournalEntry {
  const event = { type: 'stage_progress', name: 'a', fraction: 0.5, sequence } as const;
  return { sequence, frame: encodeFrame({ type: 'event', run: 'run', event }), terminal: false };
}

it('a client that stops reading is given up, and what it followed is let go', async () => {
  let returned = false;
  async function* endless(): AsyncGenerator<JournalEntry> {
    try {
      for (let sequence = 0; ; sequence++) yield await Promise.resolve(entry(sequence));
    } finally {
      returned = true;
    }
  }
  const left = new AbortController();
  const aborted = once(left.signal, 'abort');
  const stream = eventStream(endless(), { last: Infinity, abort: () => left.abort(), patience: 1 });
  const reader = stream.getReader();
  await reader.read();
  await aborted;
  await expect(reader.read().then(() => reader.read())).rejects.toThrow('stopped reading');
  expect(returned).toBe(true);
});
