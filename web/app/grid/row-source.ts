// What the grid draws: rows by position. Batches in memory fill this in now; pages asked of the engine can later.
import type { Column } from '../../../shared/platform.ts';

/** A value as text. A NULL has no text and says so, since a text may read `NULL` too. */
export interface Cell {
  readonly text: string;
  readonly isNull: boolean;
}

export interface RowSource {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** The cells of a row, in the order of the columns. Throws a RangeError outside 0 to `rowCount` - 1. */
  row(index: number): readonly Cell[];
}

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\)|BIGNUM)$/;

/** Whether values of a DuckDB type line up at the right. */
export function isNumeric(type: string): boolean {
  return numeric.test(type);
}
