// A JSON file → the texts of its records, in pieces of bounded size: one a line, or the elements of one list.
import { failure } from '../../errors.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { ElementSplitter } from './elements.ts';
import { LineSplitter } from './lines.ts';
import type { JsonText } from './record.ts';

/** A JSON text may not be longer than this, as in DuckDB's reader; it bounds what is held at a time. */
export const longestText = 16 * 1024 * 1024;

export type Layout = Exclude<JsonReadOptions['layout'], 'auto'>;

/** Cuts the text of a file, which comes in pieces, into JSON texts. */
export interface Splitter {
  /** The line that it has come to, from 1. */
  readonly line: number;
  /** The texts that end in this piece. Fails with file.corrupt, naming the line. */
  take(text: string): JsonText[];
  /** The texts that end with the file. */
  end(): JsonText[];
}

/** Groups of texts; a byte order mark is passed over. Fails with file.corrupt, also on bytes that are not UTF-8 and on endless texts. */
export async function* textsOf(
  content: AsyncIterable<Uint8Array>,
  location: string,
  layout: JsonReadOptions['layout'],
): AsyncGenerator<JsonText[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let splitter = layout === 'auto' ? undefined : splitterFor(layout, location);
  let blank = '';
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (thrown) {
      const line = splitter?.line ?? 1;
      throw failure('file.corrupt', `Line ${line} of ${location} or one soon after is not UTF-8 text.`, {
        cause: thrown,
        hint: 'Save the file as UTF-8.',
      });
    }
  };
  for await (const bytes of content) {
    const text = blank + decode(bytes);
    const found = splitter ? undefined : layoutOf(text);
    blank = splitter || found ? '' : text;
    if (found) splitter = splitterFor(found, location);
    if (splitter) yield splitter.take(text);
  }
  const rest = decode();
  if (splitter) yield [...splitter.take(rest), ...splitter.end()];
}

/** The layout that the beginning of a file tells; undefined while it is blank. */
export function layoutOf(text: string): Layout | undefined {
  const first = /[^ \t\r\n]/.exec(text)?.[0];
  if (first === undefined) return text.length > longestText ? 'lines' : undefined;
  return first === '[' ? 'array' : 'lines';
}

function splitterFor(layout: Layout, location: string): Splitter {
  return layout === 'lines' ? new LineSplitter(location, longestText) : new ElementSplitter(location, longestText);
}
