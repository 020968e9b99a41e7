// What a journal says after the process that wrote it has died. A record that was cut off is cut away: nobody saw it.
import { open } from 'node:fs/promises';
import { SluiceError } from '../../../shared/errors.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { decodeFrame, encodeFrame } from '../../../shared/protocol/relay/frames.ts';
import type { JournalEntry } from '../queue.ts';
import { decodeHeader, decodeRecord, encodeRecord, headerLength } from './record.ts';
import { Window } from './window.ts';

export interface Repaired {
  readonly lastSequence: number;
  /** Rows that a destination got. */
  readonly rows?: number;
  /** The event that the run ended with. */
  readonly terminal?: RunEvent;
}

export interface RepairOptions {
  /** The event that a run ends with that has no end. */
  readonly end?: (sequence: number) => RunEvent;
  /** Called before anything is lost that was recorded. */
  readonly onDamage?: () => Promise<void>;
}

/**
 * Cuts off what is no whole record. Where that is more than a record that was being written, `onDamage` is called before.
 * Where no terminal event is left, appends the one that `end` makes and syncs it. The
 * file is made where there is none.
 */
export async function repairJournal(
  path: string,
  run: string,
  { end, onDamage }: RepairOptions = {},
): Promise<Repaired> {
  const file = await open(path, 'a+', 0o600);
  try {
    const window = new Window(file);
    const { size } = await file.stat();
    let [offset, lastSequence] = [0, -1];
    let damaged = false;
    let rows: number | undefined;
    for (;;) {
      const head = await window.read(offset, headerLength);
      if (head.byteLength < headerLength) break;
      const header = decodeHeader(head);
      const follows = header.sequence === lastSequence + 1;
      const isThere = offset + headerLength + header.length <= size;
      const entry =
        follows && isThere ? decodeRecord(header, await window.read(offset + headerLength, header.length)) : undefined;
      const event = entry && eventOf(entry);
      if (!entry || (entry.terminal && !event)) {
        damaged = !follows || isThere;
        break;
      }
      if (event?.type === 'destination_completed') ({ rows } = event);
      offset += headerLength + header.length;
      lastSequence = entry.sequence;
      if (entry.terminal)
        return { lastSequence, ...(rows === undefined ? {} : { rows }), ...(event ? { terminal: event } : {}) };
    }
    if (damaged) await onDamage?.();
    await file.truncate(offset);
    const terminal = end?.(lastSequence + 1);
    if (!terminal) return { lastSequence, ...(rows === undefined ? {} : { rows }) };
    await file.appendFile(Buffer.concat(encodeRecord(entryOf(run, terminal, true))));
    await file.datasync();
    return { lastSequence: terminal.sequence, ...(rows === undefined ? {} : { rows }), terminal };
  } finally {
    await file.close();
  }
}

/** An event as a journal holds it. */
export function entryOf(run: string, event: RunEvent, terminal: boolean): JournalEntry {
  return { sequence: event.sequence, frame: encodeFrame({ type: 'event', run, event }), terminal };
}

/** Characters of a frame that is looked into; those that count here are short. */
const mostLooked = 1024 * 1024;

/** Events with bytes are rows to look at, which nobody asks for here. */
function eventOf({ frame }: JournalEntry): RunEvent | undefined {
  if (typeof frame !== 'string' || frame.length > mostLooked) return undefined;
  try {
    return (decodeFrame(frame) as { readonly event?: RunEvent } | null)?.event;
  } catch (thrown) {
    if (thrown instanceof SluiceError) return undefined; // what its process said was no event
    throw thrown;
  }
}
