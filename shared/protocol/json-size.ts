// How large JSON is, seen without parsing it: a parsed tree takes many times the memory of its text.
import { failure } from '../errors.ts';

export interface JsonLimits {
  /** Lists and maps within one another. */
  readonly depth: number;
  /** Values at all depths, the names of fields not counted; an empty list or map counts as two. */
  readonly values: number;
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Fails with protocol.limit for JSON that is deeper or has more values than it may. Text that is no JSON passes, unless its
 * beginning is too much already: its parser will say so.
 */
export function requireSmallJson(text: string, { depth: mostDepth, values: mostValues }: JsonLimits): void {
  let [depth, values] = [0, 1];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfText(text, at);
    else if (character === comma) values++;
    else if (opening.has(character)) {
      depth++;
      values++;
    } else if (closing.has(character)) depth--;
    if (depth > mostDepth) throw failure('protocol.limit', `JSON is nested deeper than ${mostDepth} levels.`);
    if (values > mostValues) throw failure('protocol.limit', `JSON has more than ${mostValues} values.`);
  }
}

/** Where the closing quote is; behind the text where there is none. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
