// Follows a journal at the reader's pace: an event is read when it is asked for.
import { open, type FileHandle } from 'node:fs/promises';
import { failure, type SluiceError } from '../../../shared/errors.ts';
import { isMissing } from '../../platform/disk-errors.ts';
import type { JournalEntry } from '../queue.ts';
import type { Journal } from './journal.ts';
import { decodeHeader, decodeRecord, headerLength } from './record.ts';
import { Window } from './window.ts';

/**
 * The events after that one; with a journal of a run that lives, also those to come. Ends after the terminal event, or
 * when `signal` is aborted. Fails with file.corrupt where the file is damaged.
 */
export async function* readJournal(
  path: string,
  after: number,
  signal: AbortSignal,
  journal?: Journal,
): AsyncGenerator<JournalEntry, void, undefined> {
  if (journal) await journal.grown(0, signal);
  const file = signal.aborted ? undefined : await openJournal(path);
  if (file) yield* written(file, after, signal, journal);
  const last = journal?.ended ? journal.unwritten : undefined;
  if (last && last.sequence > after && !signal.aborted) yield last;
}

async function* written(
  file: FileHandle,
  after: number,
  signal: AbortSignal,
  journal?: Journal,
): AsyncGenerator<JournalEntry, void, undefined> {
  try {
    const window = new Window(file);
    const fixed = journal ? 0 : (await file.stat()).size;
    let [offset, sequence] = [0, 0];
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
        [offset, sequence] = [recent.end, sequence + 1];
        continue;
      }
      const head = await window.read(offset, headerLength);
      const header = head.byteLength < headerLength ? undefined : decodeHeader(head);
      const next = offset + headerLength + (header?.length ?? 0);
      // every number counts only when it fits what is there
      if (header?.sequence !== sequence || next > end) throw damaged(sequence);
      if (header.sequence > after) {
        const entry = decodeRecord(header, await window.read(offset + headerLength, header.length));
        if (!entry) throw damaged(sequence);
        yield entry;
      }
      if (header.terminal) return;
      [offset, sequence] = [next, sequence + 1];
    }
  } finally {
    await file.close();
  }
}

function damaged(sequence: number): SluiceError {
  return failure('file.corrupt', `The record of the run's events is damaged at event ${sequence}.`, {
    hint: 'The events before it can be read; what the run has written is not touched by this.',
  });
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
