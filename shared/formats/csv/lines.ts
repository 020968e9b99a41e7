// On which line of a CSV file a record begins: values in quotes may have line breaks in them, and DuckDB leaves out
// empty lines where there is more than one column.
import type { Dialect } from './dialect.ts';

const [newline, carriageReturn, blank] = [10, 13, 32];

/** The line, from 1, on which the record of this number, from 1, begins; the last line where there are not so many. */
export async function lineOfRecord(
  content: AsyncIterable<Uint8Array>,
  { delimiter, quote, escape = quote }: Dialect,
  record: number,
  columns: number,
): Promise<number> {
  const encoder = new TextEncoder();
  const separator = encoder.encode(delimiter).at(-1);
  const [mark] = encoder.encode(quote);
  const [escapeMark] = encoder.encode(quote === '' ? '' : escape);
  let [line, records, start] = [1, 0, 1];
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
        if (escaped) escaped = false;
        else if (byte === escapeMark && escapeMark !== mark) escaped = true;
        else if (byte === mark) [quoted, closed] = [false, true];
        continue;
      }
      if (breaks) {
        if (!empty || columns === 1) records++;
        if (records === record) return start;
        [start, fresh, empty, closed] = [line, true, true, false];
        continue;
      }
      if (empty) start = line;
      empty = false;
      if (byte === mark && (fresh || closed)) quoted = true;
      closed = false;
      fresh = byte === separator || (fresh && byte === blank);
    }
  }
  return start;
}
