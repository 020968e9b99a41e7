// One JSON text (RFC 8259) → a record, with every digit of its integers.
import { parse as parseLossless, LosslessNumber } from 'lossless-json';
import { failure, messageOf, type SluiceError } from '../../errors.ts';
import { givesKeyTwice } from './keys.ts';

/** A JSON text of a file with the number of the line that it begins in, from 1. */
export interface JsonText {
  readonly text: string;
  readonly line: number;
}

/** A value: numbers that JavaScript cannot hold exactly are `LosslessNumber`. */
export type Json = null | boolean | number | string | LosslessNumber | Json[] | { [key: string]: Json };

/** The record of a text; null counts as a record of nulls, as in DuckDB. */
export type JsonRecord = { [key: string]: Json };

/** Parses a text into its record. Fails with file.corrupt, naming the line. */
export function recordOf({ text, line }: JsonText, location: string): JsonRecord | null {
  let value: Json;
  try {
    // Only digits in long runs can lose precision; everything else takes the fast path.
    value = /\d{16}/.test(text) ? (parseLossless(text, undefined, exactNumber) as Json) : (JSON.parse(text) as Json);
  } catch (thrown) {
    const bom = text.startsWith('\uFEFF') ? ' (the file starts with a byte order mark)' : '';
    throw corrupt(location, line, `is not valid JSON${bom}: ${messageOf(thrown)}`, thrown);
  }
  if (givesKeyTwice(text, value)) throw corrupt(location, line, 'gives a key twice in one object');
  if (value === null || (typeof value === 'object' && !Array.isArray(value) && !(value instanceof LosslessNumber))) {
    return value;
  }
  const kind = value instanceof LosslessNumber ? 'number' : Array.isArray(value) ? 'list' : typeof value;
  throw corrupt(location, line, `holds a ${kind} where an object belongs`);
}

/** The error for a line that cannot be read. */
export function corrupt(location: string, line: number, what: string, cause?: unknown): SluiceError {
  return failure('file.corrupt', `Line ${line} of ${location} ${what}.`, {
    hint: 'The file must hold one JSON object a line, or one list of objects.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function exactNumber(digits: string): number | LosslessNumber {
  const value = Number(digits);
  return Number.isSafeInteger(value) || /[.eE]/.test(digits) ? value : new LosslessNumber(digits);
}
