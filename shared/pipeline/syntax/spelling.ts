// How a text was typed: maps every UTF-16 unit of a decoded scalar back to where it stands in the document. Quoted
// styles are decoded again with the offsets kept; where indentation and folding took part, the two texts are aligned.
import type { Span } from './text.ts';
import type { Spelling } from './tree.ts';

/** A spelling from where each unit begins and ends, and where the whole text does. */
function spelled(spans: readonly Span[], end: number): Spelling {
  return {
    start: (index) => spans[Math.max(index, 0)]?.start ?? end,
    end: (index) => spans[Math.max(index, 0)]?.end ?? end,
  };
}

/** A text that is typed as it is, beginning at `offset`. */
export function verbatim(offset: number, length: number): Spelling {
  const bounded = (index: number): number => offset + Math.min(Math.max(index, 0), length);
  return { start: bounded, end: (index) => bounded(index + 1) };
}

/** A text that nothing more is known of than that it lies in a span. */
export function somewhere(start: number, end: number): Spelling {
  return { start: () => start, end: () => end };
}

/** One step of reading a quoted text: how many units were typed for what they stand for. */
export interface Piece {
  readonly typed: number;
  readonly text: string;
}

/**
 * Reads `typed` piece by piece and notes where each decoded unit began. Answers undefined when that does not give
 * `value`, which is what the document's parser made of it.
 */
export function decode(
  typed: string,
  offset: number,
  value: string,
  next: (typed: string, at: number) => Piece,
): Spelling | undefined {
  const spans: Span[] = [];
  let decoded = '';
  for (let at = 0; at < typed.length;) {
    const piece = next(typed, at);
    const span = { start: offset + at, end: offset + at + piece.typed };
    for (let unit = 0; unit < piece.text.length; unit++) spans.push(span);
    decoded += piece.text;
    at += piece.typed;
  }
  return decoded === value ? spelled(spans, offset + typed.length) : undefined;
}

const blank = /[ \t\r\n]/;
const blanks = /[ \t\r\n]*/y;
const lineBreak = /\r?\n/g;

/**
 * Aligns a text with the way it was typed when the two differ in blanks only: other characters follow one another in
 * both. `quote` is one that was typed twice wherever it is meant. Answers undefined when they differ in more.
 */
export function align(typed: string, offset: number, value: string, quote = ''): Spelling | undefined {
  const spans: Span[] = [];
  const add = (from: number, length: number): unknown =>
    spans.push({ start: offset + from, end: offset + from + length });
  let at = 0;
  let index = 0;
  while (at < typed.length || index < value.length) {
    const [typedBlanks, valueBlanks] = [blanksAt(typed, at), blanksAt(value, index)];
    if (typedBlanks === ' ' && valueBlanks === ' ') add(at, 1);
    else for (const position of alignBlanks(typedBlanks, valueBlanks)) add(at + position, 1);
    at += typedBlanks.length;
    index += valueBlanks.length;
    while (index < value.length && !blank.test(value[index] ?? '')) {
      if (typed[at] !== value[index]) return undefined;
      const length = typed[at] === quote && typed[at + 1] === quote ? 2 : 1;
      add(at, length);
      at += length;
      index++;
    }
    if (index === value.length && at < typed.length && !blank.test(typed[at] ?? '')) return undefined;
  }
  return spelled(spans, offset + typed.length);
}

function blanksAt(text: string, at: number): string {
  blanks.lastIndex = at;
  return blanks.exec(text)?.[0] ?? '';
}

/** Where the blanks of a value stand in the blanks that were typed: line breaks in order, the last line from its end. */
function alignBlanks(typed: string, value: string): number[] {
  const breaks = Array.from(typed.matchAll(lineBreak), (found) => found.index);
  const lastLine = breaks.length === 0 ? 0 : value.lastIndexOf('\n') + 1;
  const tail = breaks.length === 0 || lastLine > 0 ? value.length - lastLine : 0;
  let [at, passed] = [0, 0];
  return Array.from(value, (unit, index) => {
    if (index >= value.length - tail) return Math.max(at, typed.length - (value.length - index));
    if (unit === '\n' && passed < breaks.length) {
      const found = breaks[passed++] ?? at;
      at = found + (typed[found] === '\r' ? 2 : 1);
      return found;
    }
    const here = Math.min(at, typed.length);
    if (typed[at] === unit) at++;
    return here;
  });
}
