// Small changes to a text, made all at once, and the way back from a place in the new text to the one that was typed.

/** A query in the words of DuckDB. */
export interface Rewritten {
  readonly sql: string;
  /** The query as it was typed. */
  readonly query: string;
  /** The offset in `query` for one in `sql`; what was put in belongs to what it stands at. */
  readonly typedOffset: (offset: number) => number;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Among edits at one offset: what closes comes first, inner before outer, then what opens, outer before inner. */
  readonly order: number;
}

/** Collects edits, which may nest but not overlap in what they replace. */
export class Edits {
  readonly #query: string;
  readonly #edits: Edit[] = [];

  constructor(query: string) {
    this.#query = query;
  }

  /** Puts other text in the place of a stretch. */
  replace(start: number, end: number, text: string): void {
    if (this.#query.slice(start, end) !== text) this.#edits.push({ start, end, text, order: Infinity });
  }

  /** Puts text before and after a stretch, outside of what other stretches within it get. */
  wrap(start: number, end: number, before: string, after: string): void {
    const length = end - start;
    if (before !== '') this.#edits.push({ start, end: start, text: before, order: 1e12 - length });
    if (after !== '') this.#edits.push({ start: end, end, text: after, order: length - 1e12 });
  }

  apply(): Rewritten {
    const query = this.#query;
    const edits = [...this.#edits].sort((a, b) => a.start - b.start || a.order - b.order);
    const pieces: { readonly at: number; readonly typed: number; readonly exact: boolean }[] = [];
    let [sql, typed] = ['', 0];
    for (const { start, end, text } of edits) {
      if (start < typed) continue; // inside of what is replaced as a whole
      pieces.push({ at: sql.length, typed, exact: true });
      sql += query.slice(typed, start);
      pieces.push({ at: sql.length, typed: start, exact: false });
      sql += text;
      typed = end;
    }
    pieces.push({ at: sql.length, typed, exact: true });
    sql += query.slice(typed);
    const typedOffset = (offset: number): number => {
      const piece = pieces.findLast(({ at }) => at <= offset);
      if (!piece) return 0;
      return Math.min(piece.exact ? piece.typed + offset - piece.at : piece.typed, query.length);
    };
    return { sql, query, typedOffset };
  }
}
