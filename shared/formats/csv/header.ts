// The first record of a CSV file: the names of its columns, or how many there are.
import { failure } from '../../errors.ts';
import { tooLong, withoutEnd } from './complaint.ts';
import type { Dialect } from './dialect.ts';

export interface FirstRecord {
  readonly values: readonly string[];
  /** What ends it; undefined where nothing does. */
  readonly newline: string | undefined;
  /** Whether anything but line breaks follows. */
  readonly more: boolean;
}

/** Reads no more pieces than it takes. Undefined for no content; file.corrupt where it is no UTF-8 text or has no end. */
export async function firstRecord(
  content: AsyncIterable<Uint8Array>,
  dialect: Dialect,
  location: string,
): Promise<FirstRecord | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (thrown) {
      throw failure('file.corrupt', `Line 1 of ${location} or one soon after is not UTF-8 text.`, {
        cause: thrown,
        hint: 'Save the file as UTF-8.',
      });
    }
  };
  for await (const bytes of content) {
    text += decode(bytes);
    const found = split(text, dialect, location);
    if (bytesOf(found ? text.slice(0, found.length) : text) > dialect.max_line_size) {
      const { message, hint } = tooLong(`Line 1 of ${location}`, dialect.max_line_size);
      throw failure('file.corrupt', message, { hint });
    }
    if (found?.record.more) return found.record;
  }
  text += decode();
  if (text === '') return undefined;
  const found = split(text, dialect, location, true);
  if (!found) {
    const { message, hint } = withoutEnd(`Line 1 of ${location}`);
    throw failure('file.corrupt', message, { hint });
  }
  return found.record;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The first record and its length without the line break, when its end is there. Blanks around a value in quotes are none of it. */
function split(
  text: string,
  { delimiter, quote, escape = quote }: Dialect,
  location: string,
  isWhole = false,
): { readonly record: FirstRecord; readonly length: number } | undefined {
  if (!isWhole && !/[\r\n]/.test(text)) return undefined;
  const values: string[] = [];
  let value = '';
  /** Of a value: nothing of it yet but blanks, in its quotes, behind them, or without quotes. */
  let state: 'start' | 'quoted' | 'closed' | 'plain' = 'start';
  const take = (): void => {
    values.push(value);
    [value, state] = ['', 'start'];
  };
  let index = 0;
  for (; index < text.length; index++) {
    const char = text.charAt(index);
    if (state === 'quoted') {
      if (char === escape && isEscaped(text.charAt(index + 1), quote, escape)) value += text.charAt(++index);
      else if (char === quote) state = 'closed';
      else value += char;
    } else if (state === 'start' && char === quote) [value, state] = ['', 'quoted'];
    else if (text.startsWith(delimiter, index)) {
      take();
      index += delimiter.length - 1;
    } else if (char === '\n' || char === '\r') {
      take();
      const [newline] = /^(?:\r\n|\r|\n)/.exec(text.slice(index, index + 2)) ?? [];
      return { record: { values, newline, more: /[^\r\n]/.test(text.slice(index)) }, length: index };
    } else if (state !== 'closed') {
      value += char;
      if (char !== ' ') state = 'plain';
    } else if (char !== ' ') {
      // DuckDB would leave out such a header, and all rows behind it.
      throw failure('file.corrupt', `Line 1 of ${location} has text behind the quote that ends a value.`, {
        hint: `Write a quote within a value as ${escape}${quote}, or declare \`quote\` and \`escape\`.`,
      });
    }
  }
  if (!isWhole || state === 'quoted') return undefined;
  take();
  return { record: { values, newline: undefined, more: false }, length: text.length };
}

/** Behind an escape character of its own everything stands for itself. */
function isEscaped(next: string, quote: string, escape: string): boolean {
  return next !== '' && (escape !== quote || next === quote);
}
