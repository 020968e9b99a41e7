// Tables that are wider than a terminal: long cells are cut first, then columns in the middle are left out, so that no row
// breaks into several lines.
import { cut, widthOf } from './width.ts';

/** What a cell keeps at least, before columns are left out. */
const smallestCell = 8;
/** A border and two blanks, for each column. */
const frame = 3;

export interface Cells {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The cells of a table that is at most so wide, and how many columns it lacks. */
export function fit({ names, rows }: Cells, width: number): Cells & { readonly left: number } {
  if (width === Infinity) return { names, rows, left: 0 };
  const widths = columnWidths({ names, rows });
  const shown = shownColumns(widths, width);
  const left = names.length - shown.length;
  const room = left > 0 ? width - 1 - frame : width;
  const most = largestCell(
    shown.map((index) => widths[index] ?? 0),
    room,
  );
  const middle = Math.ceil(shown.length / 2);
  const pick = (cells: readonly string[]): string[] => {
    const kept = shown.map((index) => cut(cells[index] ?? '', most));
    return left > 0 ? kept.toSpliced(middle, 0, '…') : kept;
  };
  return { names: pick(names), rows: rows.map(pick), left };
}

/** The width of each column's widest cell. */
export function columnWidths({ names, rows }: Cells): number[] {
  return names.map((name, index) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[index] ?? '')), widthOf(name)),
  );
}

/** The columns that have room when their cells are cut: taken from both ends in turn. */
function shownColumns(widths: readonly number[], width: number): number[] {
  const cost = (index: number): number => Math.min(widths[index] ?? 0, smallestCell) + frame;
  const total = widths.reduce((sum, _, index) => sum + cost(index), 1);
  if (total <= width) return [...widths.keys()];
  const [first, last]: [number[], number[]] = [[], []];
  let room = width - 1 - 1 - frame; // the column of `…` too
  for (let turn = 0; first.length + last.length < widths.length; turn++) {
    const index = turn % 2 === 0 ? first.length : widths.length - 1 - last.length;
    room -= cost(index);
    if (room < 0 && first.length > 0) break;
    if (turn % 2 === 0) first.push(index);
    else last.unshift(index);
  }
  return [...first, ...last];
}

/** The width to which the longest cells are cut so that all columns have room. */
function largestCell(widths: readonly number[], width: number): number {
  const fits = (most: number): boolean => widths.reduce((sum, one) => sum + Math.min(one, most) + frame, 1) <= width;
  let most = Math.max(smallestCell, ...widths);
  if (fits(most)) return most;
  let least = smallestCell;
  while (most - least > 1) {
    const middle = (least + most) >>> 1;
    if (fits(middle)) least = middle;
    else most = middle;
  }
  return least;
}
