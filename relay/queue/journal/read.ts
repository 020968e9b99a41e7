// Follows a journal at the reader's pace: an event is read when it is asked for.
import { open, type FileHandle } from 'node:fs/promises';
import { failure } from '../../../shared/errors.ts';
import { isMissing } from '../../platform/disk-errors.ts';
import type { JournalEntry } from '../queue.ts';
import type { Journal } from './journal.ts';
import { decodeHeader, decodeRecord, headerLength } from './record.ts';
import { Window } from './window.ts';

/**
 * The events after that one; with a journal of a run that lives, also those to come. Ends after the terminal event, or
 * when `signal` is aborted.
 */
export async function* readJournal(
  path: string,
  after: number,
  signal: AbortSignal,
  journal?: Journal,
): AsyncGenerator<JournalEntry, void, undefined> {
  if (journal) await journal.grown(0, signal);
  const file = signal.aborted ? undefined : await openJournal(path);
  if (!file) return;
  try {
    const window = new Window(file);
    const fixed = journal ? 0 : (await file.stat()).size;
    let offset = 0;
    while (!signal.aborted) {
      const end = journal ? journal.length : fixed;
      if (offset >= end) {
        if (!journal || journal.ended) return;
        await journal.grown(offset, signal);
        continue;
      }
      const recent = journal?.recent(offset);
      if (recent) {
        if (recent.entry.sequence > after) yield recent.entry;
        if (recent.entry.terminal) return;
        offset = recent.end;
        continue;
      }
      const header = decodeHeader(await window.read(offset, headerLength));
      if (header.sequence > after) {
        const entry = decodeRecord(header, await window.read(offset + headerLength, header.length));
        if (!entry) throw failure('internal', `Event ${header.sequence} of a journal is damaged.`);
        yield entry;
      }
      if (header.terminal) return;
      offset += headerLength + header.length;
    }
  } finally {
    await file.close();
  }
}

/** A run that never had an event has no journal. */
async function openJournal(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}
