// The cells that are chosen: a rectangle between the cell where the choice began and the active one.
import { formatCount } from '../quantities.ts';
import type { Position } from './navigation.ts';

/** Rows and columns from `first` up to, not including, `end`. */
export interface Selection {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
}

export function between(anchor: Position, active: Position): Selection {
  return {
    firstRow: Math.min(anchor.row, active.row),
    endRow: Math.max(anchor.row, active.row) + 1,
    firstColumn: Math.min(anchor.column, active.column),
    endColumn: Math.max(anchor.column, active.column) + 1,
  };
}

export function holds(selection: Selection, row: number, column: number): boolean {
  const { firstRow, endRow, firstColumn, endColumn } = selection;
  return row >= firstRow && row < endRow && column >= firstColumn && column < endColumn;
}

export function cellsOf({ firstRow, endRow, firstColumn, endColumn }: Selection): number {
  return (endRow - firstRow) * (endColumn - firstColumn);
}

/** `3 × 2 cells`: rows by columns. */
export function extentOf({ firstRow, endRow, firstColumn, endColumn }: Selection): string {
  return `${formatCount(endRow - firstRow)} × ${formatCount(endColumn - firstColumn)} cells`;
}

/** Everything there is. */
export function everything(rows: number, columns: number): Selection {
  return { firstRow: 0, endRow: rows, firstColumn: 0, endColumn: columns };
}
