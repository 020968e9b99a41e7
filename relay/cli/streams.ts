// The command's own standard streams: what they can show, and what happens when nothing can be written to them.
import process from 'node:process';
import { failure } from '../../shared/errors.ts';
import { diagnosticText } from '../text/diagnostic.ts';
import { coloured, plain, type Paint } from '../text/paint.ts';
import { exitCodes } from './exit-codes.ts';

const leaving = new AbortController();

/** Aborted when nothing can be written any more: its reader has left, or the disk that it goes to is full. */
export const readerLeft: AbortSignal = leaving.signal;

/**
 * To be called once, first. A reader that leaves ends the command in silence, as it ends other commands; a full disk ends it
 * with a message. Either way what runs is cancelled, so that nothing is left behind.
 */
export function watchStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (thrown: NodeJS.ErrnoException) => {
      if (leaving.signal.aborted) return;
      leaving.abort();
      process.exitCode = thrown.code === 'EPIPE' ? exitCodes.brokenPipe : exitCodes.failure;
      if (thrown.code !== 'EPIPE' && stream === process.stdout) process.stderr.write(unwritable(thrown));
    });
  }
}

function unwritable(thrown: NodeJS.ErrnoException): string {
  const full = thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT';
  const { issue } = full
    ? failure('storage.full', 'Standard output cannot be written: there is no room left where it goes.')
    : failure('file.failed', 'Standard output cannot be written.', { cause: thrown });
  return diagnosticText(issue, undefined, paintFor(process.stderr));
}

/** Writes data. Resolves when there is room for more, so that a slow reader slows us down. */
export function print(text: string): Promise<void> {
  return written(process.stdout, text);
}

/** Writes what is no data: warnings, errors, progress. */
export function printError(text: string): Promise<void> {
  return written(process.stderr, text);
}

function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '' || !stream.writable || stream.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('drain', settle).off('error', settle).off('close', settle);
      resolve();
    };
    stream.once('drain', settle).once('error', settle).once('close', settle);
  });
}

/** What a stream can show. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return stream.isTTY && stream.hasColors() ? coloured : plain;
}

/** Whether lines on standard output may be drawn anew: on a terminal, unless NO_COLOR or CI ask for plain lines. */
export function canDraw(): boolean {
  const { NO_COLOR = '', CI = '' } = process.env;
  const asked = NO_COLOR === '' && (CI === '' || CI === 'false' || CI === '0');
  return process.stdout.isTTY && asked && process.stdout.hasColors();
}

/** Columns of the terminal; undefined where standard output is none. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}
