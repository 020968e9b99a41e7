// What the grid draws: values by position. Batches in memory fill this in (arrow-rows.ts), and pages that the Worker is
// asked for as someone scrolls (paged-rows.svelte.ts).
import type { Column } from '../../../shared/platform.ts';
import type { Value } from '../../../shared/values/codec.ts';

/** A value as text. A NULL has no text and says so, since a text may read `NULL` too. */
export interface Cell {
  readonly text: string;
  readonly isNull: boolean;
}

export interface RowSource {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** The value there as text; undefined while it is on its way. Throws a RangeError outside 0 to `rowCount` - 1. */
  cell(row: number, column: number): Cell | undefined;
  /** The same value itself. */
  value(row: number, column: number): Value | undefined;
  /** Reads rows in order, also those that are not here: each as a function from column to value. */
  read(first: number, end: number): AsyncIterable<(column: number) => Value>;
  /** Says which rows are looked at: from `first` up to, not including, `end`. */
  want?(first: number, end: number): void;
  /** Whether more rows may follow `rowCount`; `extend` finds out how many. */
  readonly more?: boolean;
  extend?(): Promise<void>;
}

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\)|BIGNUM)$/;

/** Whether values of a DuckDB type line up at the right. */
export function isNumeric(type: string): boolean {
  return numeric.test(type);
}
