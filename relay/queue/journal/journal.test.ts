import { appendFile, mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { interruptedEvent } from '../outcome.ts';
import type { JournalEntry } from '../queue.ts';
import { Journal } from './journal.ts';
import { readJournal } from './read.ts';
import { entryOf, repairJournal } from './repair.ts';

const never = new AbortController().signal;

async function withPath<T>(task: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-journal-'));
  try {
    return await task(join(folder, 'run.events'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function progress(sequence: number, text = 'a'): JournalEntry {
  return entryOf('run', { type: 'stage_progress', name: text, fraction: 0.5, sequence }, false);
}

const end = (sequence: number): JournalEntry =>
  entryOf('run', { type: 'run_completed', durationMs: 1, sequence } satisfies RunEvent, true);

async function sequences(entries: AsyncIterable<JournalEntry>): Promise<number[]> {
  const found: number[] = [];
  for await (const { sequence } of entries) found.push(sequence);
  return found;
}

describe('a journal', () => {
  it('gives its events back, from any on, with their bytes', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 1e6);
      const output = { kind: 'show', columns: [], rows: 1, truncated: false } as const;
      const batches = [new Uint8Array([1, 2, 3])];
      const shown = entryOf(
        'run',
        { type: 'stage_output', name: 'a', output: { ...output, batches }, sequence: 1 },
        false,
      );
      await journal.append([progress(0, 'ü'.repeat(100_000)), shown]);
      await journal.append([end(2)]);
      const entries: JournalEntry[] = [];
      for await (const entry of readJournal(path, -1, never, journal)) entries.push(entry);
      expect(entries).toEqual([progress(0, 'ü'.repeat(100_000)), shown, end(2)]);
      await journal.close();
      expect(await sequences(readJournal(path, 1, never))).toEqual([2]);
      expect(await sequences(readJournal(path, 2, never))).toEqual([]);
    }));

  it('gives the events that it holds no longer in memory, and the newest, to one who comes late', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 1e8);
      const texts = Array.from({ length: 30 }, (_, index) => String(index).repeat(100_000));
      for (const [sequence, text] of texts.entries()) await journal.append([progress(sequence, text)]);
      await journal.append([end(30)]);
      const entries: JournalEntry[] = [];
      for await (const entry of readJournal(path, 3, never, journal)) entries.push(entry);
      expect(entries).toEqual([...texts.map((text, index) => progress(index, text)).slice(4), end(30)]);
      await journal.close();
    }));

  it('is followed while it grows, from before its first event', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 1e6);
      const followed = sequences(readJournal(path, -1, never, journal));
      for (let sequence = 0; sequence < 100; sequence++) await journal.append([progress(sequence)]);
      await journal.append([end(100)]);
      expect(await followed).toEqual(Array.from({ length: 101 }, (_, index) => index));
      await journal.close();
    }));

  it('lets a reader go', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 1e6);
      const leaving = new AbortController();
      const followed = sequences(readJournal(path, -1, leaving.signal, journal));
      leaving.abort();
      expect(await followed).toEqual([]);
      await journal.close();
    }));

  it('has a limit, but for its last event, and takes nothing out of order', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 300);
      await journal.append([progress(0)]);
      await expect(journal.append([progress(2)])).rejects.toMatchObject({ code: 'protocol.invalid' });
      await expect(journal.append([progress(1, 'x'.repeat(300))])).rejects.toMatchObject({ code: 'run.limit' });
      await journal.append([entryOf('run', interruptedEvent(1, 0), true)]);
      await expect(journal.append([progress(2)])).rejects.toMatchObject({ code: 'protocol.invalid' });
      await journal.close();
    }));

  it('is repaired wherever it was cut off', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 1e6);
      await journal.append([progress(0)]);
      const first = journal.length;
      await journal.append([progress(1)]);
      await journal.close();
      const whole = await readFile(path);
      for (let length = 0; length <= whole.byteLength; length++) {
        await rm(path);
        await appendFile(path, whole);
        await truncate(path, length);
        const left = length === whole.byteLength ? 2 : length >= first ? 1 : 0;
        const { lastSequence, terminal } = await repairJournal(path, 'run', {
          end: (sequence) => interruptedEvent(sequence, 5),
          onDamage: () => Promise.reject(new Error('It was only cut off.')),
        });
        expect(lastSequence).toBe(left);
        expect(terminal?.type).toBe('run_failed');
        expect(await sequences(readJournal(path, -1, never))).toEqual(Array.from({ length: left + 1 }, (_, i) => i));
      }
    }));

  it('is cut off where its bytes are not those that were written', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 1e6);
      await journal.append([progress(0)]);
      await journal.close();
      await appendFile(path, Buffer.alloc(40));
      expect(await repairJournal(path, 'run')).toEqual({ lastSequence: 0 });
      expect(await sequences(readJournal(path, -1, never))).toEqual([0]);
    }));

  it('keeps the end that it has', () =>
    withPath(async (path) => {
      const journal = new Journal(path, 1e6);
      await journal.append([progress(0), end(1)]);
      await journal.close();
      const repaired = await repairJournal(path, 'run', {
        end: (sequence) => interruptedEvent(sequence, 5),
      });
      expect(repaired).toMatchObject({ lastSequence: 1, terminal: { type: 'run_completed' } });
    }));
});
