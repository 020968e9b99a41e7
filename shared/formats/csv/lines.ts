// On which line of a CSV file a record begins: values in quotes may have line breaks in them, and DuckDB leaves out
// empty lines where there is more than one column.
import type { Dialect } from './dialect.ts';

const [newline, carriageReturn, blank] = [10, 13, 32];

/** A stretch of a file up to a line break outside of quotes, or to the end. */
interface ScannedRecord {
  /** The line on which it begins, from 1; where there is nothing on it, the one behind the record before. */
  readonly line: number;
  /** Without the line break. */
  readonly bytes: number;
  readonly empty: boolean;
  /** Whether a value in quotes has no end. */
  readonly open: boolean;
}

/** The line, from 1, on which the record of this number, from 1, begins; the last line where there are not so many. */
export async function lineOfRecord(
  content: AsyncIterable<Uint8Array>,
  dialect: Dialect,
  record: number,
  columns: number,
): Promise<number> {
  let records = 0;
  let last = 1;
  await scanRecords(content, dialect, ({ line, empty }) => {
    last = line;
    if (!empty || columns === 1) records++;
    return records === record;
  });
  return last;
}

/** The first record of more than `max_line_size` bytes, and whether a quote is never closed in it. */
export async function longRecord(
  content: AsyncIterable<Uint8Array>,
  dialect: Dialect,
): Promise<{ readonly line: number; readonly open: boolean } | undefined> {
  let found: ScannedRecord | undefined;
  await scanRecords(content, dialect, (record) => {
    if (record.bytes > dialect.max_line_size) found = record;
    return found !== undefined;
  });
  return found;
}

/** Goes over the records until one is wanted. */
async function scanRecords(
  content: AsyncIterable<Uint8Array>,
  { delimiter, quote, escape = quote }: Dialect,
  isWanted: (record: ScannedRecord) => boolean,
): Promise<void> {
  const encoder = new TextEncoder();
  const separator = encoder.encode(delimiter).at(-1);
  const [mark] = encoder.encode(quote);
  const [escapeMark] = encoder.encode(quote === '' ? '' : escape);
  let [line, start, size] = [1, 1, 0];
  // Whether a value begins here, whether we are in quotes, and whether the line has anything on it.
  let [fresh, quoted, escaped, empty] = [true, false, false, true];
  // Whether the byte before closed a quote: another one opens it again, for a quote in quotes may be doubled.
  let closed = false;
  let previous = 0;
  for await (const bytes of content) {
    for (const byte of bytes) {
      const breaks = byte === newline ? previous !== carriageReturn : byte === carriageReturn;
      previous = byte;
      if (byte === newline && !breaks) continue;
      if (breaks) line++;
      if (quoted) {
        size++;
        if (escaped) escaped = false;
        else if (byte === escapeMark && escapeMark !== mark) escaped = true;
        else if (byte === mark) [quoted, closed] = [false, true];
        continue;
      }
      if (breaks) {
        if (isWanted({ line: start, bytes: size, empty, open: false })) return;
        [start, size, fresh, empty, closed] = [line, 0, true, true, false];
        continue;
      }
      if (empty) start = line;
      empty = false;
      size++;
      if (byte === mark && (fresh || closed)) quoted = true;
      closed = false;
      fresh = byte === separator || (fresh && byte === blank);
    }
  }
  if (size > 0) isWanted({ line: start, bytes: size, empty, open: quoted });
}
