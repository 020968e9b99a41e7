// One JSON text (RFC 8259) → a record, as it was written.
import { failure, type SluiceError } from '../../errors.ts';
import { JsonProblem, parseJsonText } from './parse.ts';
import { JsonNumber, type Json, type JsonObject } from './value.ts';

/** A JSON text of a file with the number of the line that it begins in, from 1. */
export interface JsonText {
  readonly text: string;
  readonly line: number;
}

/** Parses a text into its record; null counts as a record of nulls, as in DuckDB. Fails with file.corrupt at the line. */
export function recordOf({ text, line }: JsonText, location: string): JsonObject | null {
  const value = parsed(text, line, location);
  if (value === null || value instanceof Map) return value;
  throw corrupt(location, line, `holds a ${kindOf(value)} where an object belongs`);
}

function parsed(text: string, line: number, location: string): Json {
  try {
    return parseJsonText(text);
  } catch (thrown) {
    if (!(thrown instanceof JsonProblem)) throw thrown;
    throw corrupt(location, line, thrown.reason, undefined, thrown.hint);
  }
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'list';
  return value instanceof JsonNumber ? 'number' : typeof value;
}

/** The error for a line that cannot be read. */
export function corrupt(location: string, line: number, what: string, cause?: unknown, hint?: string): SluiceError {
  return failure('file.corrupt', `Line ${line} of ${location} ${what}.`, {
    hint: hint ?? 'The file must hold one JSON object a line, or one list of objects.',
    ...(cause === undefined ? {} : { cause }),
  });
}
