// How wide the columns start out: wide enough for the name, the type and the first values, within bounds.
import { formatCount } from '../quantities.ts';
import type { RowSource } from './row-source.ts';

export const narrowest = 56;
export const widest = 960;

const comfortable = 320;
const sample = 60;
const padding = 24;
const glyph = 7.6;
/** Names stand in bold. */
const boldGlyph = 8.4;

/** Width of a text in the grid, in pixels, about. */
function textWidth(text: string, perGlyph = glyph): number {
  return text.length * perGlyph + padding;
}

/** A width for every column, from its heading and the first rows; `limit` bounds it, in pixels. */
export function fitColumns(source: RowSource, limit = comfortable): number[] {
  const widths = source.columns.map(({ name, type }) =>
    Math.max(textWidth(name, boldGlyph), textWidth(type.slice(0, 16))),
  );
  for (let row = 0; row < Math.min(source.rowCount, sample); row++) {
    source.row(row).forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(cell.isNull ? 'NULL' : cell.text));
    });
  }
  return widths.map((width) => clampWidth(Math.min(Math.max(width, 72), limit)));
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, narrowest), widest));
}

/** The width of the column of row numbers. */
export function numberWidth(rowCount: number): number {
  return Math.max(40, Math.ceil(formatCount(rowCount).length * glyph + 16));
}
