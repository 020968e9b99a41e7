// The text as typed: where an offset lies in lines and columns. Lines end as in editors: \n, \r\n or \r.
import type { Place } from '../../errors.ts';

/** A stretch of the body, in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text without its byte order mark; places count in the text as it was typed, the mark included in offsets only. */
export class SourceText {
  readonly body: string;
  readonly #shift: number;
  #lines: readonly number[] | undefined;

  constructor(text: string) {
    this.#shift = text.startsWith('\uFEFF') ? 1 : 0;
    this.body = text.slice(this.#shift);
  }

  /** Where a span of the body lies in the text as typed. Offsets outside of the body are moved to its borders. */
  place({ start, end }: Span): Place {
    const from = this.#bounded(start);
    const to = Math.max(from, this.#bounded(end));
    const first = this.#lineOf(from);
    const last = this.#lineOf(to);
    return {
      line: first + 1,
      column: from - this.#startOf(first) + 1,
      endLine: last + 1,
      endColumn: to - this.#startOf(last) + 1,
      offset: from + this.#shift,
      endOffset: to + this.#shift,
    };
  }

  /** The offset in the body of a line and column, both counted from 1. */
  offset(line: number, column: number): number {
    return this.#bounded(this.#startOf(Math.max(0, line - 1)) + column - 1);
  }

  /** The part of a span that lies on its first line: what an editor should underline of something long. */
  firstLine({ start, end }: Span): Span {
    const next = this.#starts()[this.#lineOf(this.#bounded(start)) + 1];
    if (next === undefined || end < next) return { start, end };
    const line = this.body.slice(start, next);
    return { start, end: start + line.trimEnd().length };
  }

  #bounded(offset: number): number {
    return Math.min(Math.max(offset, 0), this.body.length);
  }

  #starts(): readonly number[] {
    this.#lines ??= [0, ...Array.from(this.body.matchAll(/\r\n?|\n/g), (found) => found.index + found[0].length)];
    return this.#lines;
  }

  #startOf(line: number): number {
    return this.#starts()[line] ?? this.body.length;
  }

  /** The zero-based line that holds an offset, by halving. */
  #lineOf(offset: number): number {
    const starts = this.#starts();
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
