// How wide the columns start out: wide enough for the name, the type and the first values, within bounds.
import { formatCount } from '../quantities.ts';
import type { RowSource } from './row-source.ts';

export const narrowest = 56;
export const widest = 960;

const comfortable = 320;
/** Values that are looked at, of 60 rows at most: many columns mean few rows. */
const sample = 4000;
const padding = 24;
const glyph = 7.8;
/** Names stand in bold. */
const boldGlyph = 8.4;

/** Width of a text in the grid, in pixels, about. */
function textWidth(text: string, perGlyph = glyph): number {
  return text.length * perGlyph + padding;
}

/**
 * The widths, grown where values in view do not fit, within what is comfortable. `columns` are those in view; a column
 * that someone has pulled is `fixed` and stays. Answers the same list when nothing grows.
 */
export function growColumns(
  widths: readonly number[],
  source: RowSource,
  rows: { readonly first: number; readonly end: number },
  columns: readonly number[],
  fixed: ReadonlySet<number>,
): readonly number[] {
  let grown = widths;
  for (const column of columns) {
    if (fixed.has(column)) continue;
    let most = widths[column] ?? narrowest;
    for (let row = rows.first; row < rows.end; row++) {
      const cell = source.cell(row, column);
      if (cell && !cell.isNull) most = Math.max(most, Math.min(textWidth(cell.text), comfortable));
    }
    if (clampWidth(most) > (widths[column] ?? 0)) grown = grown.with(column, clampWidth(most));
  }
  return grown;
}

/** A width for every column, from its heading and the first rows; `limit` bounds it, in pixels. */
export function fitColumns(source: RowSource, limit = comfortable): number[] {
  const widths = source.columns.map(({ name, type }) =>
    Math.max(textWidth(name, boldGlyph), textWidth(type.slice(0, 16))),
  );
  const rows = Math.min(source.rowCount, 60, Math.ceil(sample / Math.max(1, widths.length)));
  for (let row = 0; row < rows; row++) {
    widths.forEach((width, column) => {
      const cell = source.cell(row, column);
      widths[column] = Math.max(width, textWidth(cell?.isNull ? 'NULL' : (cell?.text ?? '')));
    });
  }
  return widths.map((width) => clampWidth(Math.min(Math.max(width, 72), limit)));
}

export function clampWidth(width: number): number {
  return Math.ceil(Math.min(Math.max(width, narrowest), widest));
}

/** The width of the column of row numbers. */
export function numberWidth(rowCount: number): number {
  return Math.max(40, Math.ceil(formatCount(rowCount).length * glyph + 16));
}
