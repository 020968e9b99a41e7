// JSON lines (newline-delimited JSON, RFC 8259 texts): bytes → text lines → values, in pieces of bounded size.
import { parse as parseLossless, LosslessNumber } from 'lossless-json';
import { failure, messageOf } from '../../errors.ts';

/** A JSON text may not be longer than this, as in DuckDB's reader; it bounds what is held at a time. */
export const longestLine = 16 * 1024 * 1024;

/** A line of a file with its number, from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/** Groups of whole, non-blank lines. Fails with file.corrupt on bytes that are not UTF-8 and on endless lines. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, location: string): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let number = 0;
  const take = (text: string, last: boolean): Line[] => {
    const pieces = (rest + text).split('\n');
    rest = last ? '' : (pieces.pop() ?? '');
    if (rest.length > longestLine) throw corrupt(location, number + 1, 'is longer than 16 MB');
    const lines: Line[] = [];
    for (const piece of pieces) {
      number++;
      if (piece.trim() !== '') lines.push({ text: piece, number });
    }
    return lines;
  };
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (thrown) {
      throw corrupt(location, number + 1, 'or a line soon after is not UTF-8 text', thrown);
    }
  };
  for await (const piece of bytes) yield take(decode(piece), false);
  yield take(decode(), true);
}

/** A value of a line: numbers that JavaScript cannot hold exactly are `LosslessNumber`. */
export type Json = null | boolean | number | string | LosslessNumber | Json[] | { [key: string]: Json };

/** The record of a line; null counts as a record of nulls, as in DuckDB. */
export type JsonRecord = { [key: string]: Json };

/** Parses a line into its record. Fails with file.corrupt, naming the line. */
export function recordOf(line: Line, location: string): JsonRecord | null {
  let value: Json;
  try {
    // Only digits in long runs can lose precision; everything else takes the fast path.
    value = /\d{16}/.test(line.text)
      ? (parseLossless(line.text, undefined, exactNumber) as Json)
      : (JSON.parse(line.text) as Json);
  } catch (thrown) {
    const bom = line.text.startsWith('\uFEFF') ? ' (the file starts with a byte order mark)' : '';
    throw corrupt(location, line.number, `is not valid JSON${bom}: ${messageOf(thrown)}`, thrown);
  }
  if (value === null || (typeof value === 'object' && !Array.isArray(value) && !(value instanceof LosslessNumber))) {
    return value;
  }
  throw corrupt(location, line.number, `is ${Array.isArray(value) ? 'an array' : `a ${typeof value}`}, not an object`);
}

/** The error for a line that cannot be read. */
export function corrupt(location: string, line: number, what: string, cause?: unknown) {
  return failure('file.corrupt', `Line ${line} of ${location} ${what}.`, {
    hint: 'The file must hold one JSON object a line.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function exactNumber(digits: string): number | LosslessNumber {
  const value = Number(digits);
  return Number.isSafeInteger(value) || /[.eE]/.test(digits) ? value : new LosslessNumber(digits);
}
