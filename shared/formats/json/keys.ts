// JSON.parse keeps the last of several values of one key and says nothing (ECMA-262, 25.5.1); DuckDB refuses them.
import { LosslessNumber } from 'lossless-json';
import type { Json } from './record.ts';

const [quote, colon, backslash] = ['"', ':', '\\'].map((char) => char.charCodeAt(0));

/** Whether an object in a valid JSON text gives a key twice; `value` is what the text was parsed into. */
export function givesKeyTwice(text: string, value: Json): boolean {
  return keysIn(text) > keysOf(value);
}

/** Strings with a colon behind them. */
function keysIn(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open >= 0;) {
    let close = text.indexOf('"', open + 1);
    while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
    let next = close + 1;
    while (text.charCodeAt(next) <= 32) next++;
    if (text.charCodeAt(next) === colon) count++;
    open = text.charCodeAt(next) === quote ? next : text.indexOf('"', next);
  }
  return count;
}

/** Whether an odd number of backslashes stands before a character. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === backslash) before--;
  return (at - before) % 2 === 1;
}

function keysOf(value: Json): number {
  if (typeof value !== 'object' || value === null || value instanceof LosslessNumber) return 0;
  const parts = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : parts.length;
  for (const part of parts) if (typeof part === 'object') count += keysOf(part);
  return count;
}
