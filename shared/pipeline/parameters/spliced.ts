// Where a text was typed once parts of it were replaced.
import type { Span } from '../syntax/text.ts';
import type { Spelling } from '../syntax/tree.ts';

/** A part of a text after substitution: `length` units that begin at `at`. */
export interface Segment {
  readonly at: number;
  readonly length: number;
  /** Where the part began before: a parameter as a whole, or text unit by unit. */
  readonly before: Span;
  readonly isValue: boolean;
}

/** The spelling of a text whose parts come from another text. */
export function spliced(spelling: Spelling, segments: readonly Segment[]): Spelling {
  const find = (index: number): Segment | undefined =>
    segments.find(({ at, length }) => index >= at && index < at + length);
  const end = segments.at(-1)?.before.end ?? 0;
  return {
    start: (index) => {
      const segment = find(index);
      if (!segment) return spelling.start(index < 0 ? 0 : end);
      return spelling.start(segment.before.start + (segment.isValue ? 0 : index - segment.at));
    },
    end: (index) => {
      const segment = find(index);
      if (!segment) return spelling.start(end);
      return spelling.end(segment.isValue ? segment.before.end - 1 : segment.before.start + index - segment.at);
    },
  };
}
