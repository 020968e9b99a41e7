// Rows as a table of characters, as Aqueducts prints them.
import type { Preview } from '../../shared/protocol/preview.ts';
import { parseType } from '../../shared/sql/types.ts';
import { rowsOf } from '../../shared/values/codec.ts';
import { decodeBatches } from '../../shared/values/ipc.ts';
import { displayText } from '../../shared/values/text.ts';
import { columnWidths, fit } from './fit.ts';
import { oneLine } from './safe.ts';
import { padded } from './width.ts';

export interface TableOptions {
  /** Columns of the terminal; a wider table is cut to it, and says so. */
  readonly width?: number | undefined;
}

/** Characters of a whole table: every row is as long as the longest, so that one long value would multiply. */
const mostCharacters = 16 * 1024 * 1024;

/** Lines that end in a newline. NULL is an empty cell, as in Aqueducts; line breaks in values are kept on the line. */
export function tableText(
  { columns, batches }: Pick<Preview, 'columns' | 'batches'>,
  options: TableOptions = {},
): string {
  if (columns.length === 0) return '++\n++\n';
  const types = columns.map(({ type }) => parseType(type));
  const whole = {
    names: columns.map(({ name }) => oneLine(name)),
    rows: batches
      .flatMap((bytes) => decodeBatches(bytes))
      .flatMap((batch) => rowsOf(batch, columns))
      .map((row) => row.map((value, index) => cell(value, types[index]))),
  };
  const longest = Math.floor(mostCharacters / (whole.rows.length + 4));
  const needed = columnWidths(whole).reduce((sum, width) => sum + width + 3, 1);
  const { names, rows, left } = fit(whole, Math.min(options.width ?? Infinity, needed > longest ? longest : Infinity));
  const widths = columnWidths({ names, rows });
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (cells: readonly string[]): string =>
    `|${cells.map((text, index) => ` ${padded(text, widths[index] ?? 0)} `).join('|')}|\n`;
  const rest = left > 0 ? `${columns.length - left} of ${columns.length} columns; all are in --output json.\n` : '';
  return [rule, line(names), rule, ...rows.map(line), ...(rows.length > 0 ? [rule] : []), rest].join('');
}

function cell(value: Parameters<typeof displayText>[0], type: Parameters<typeof displayText>[1] | undefined): string {
  return value === null || type === undefined ? '' : oneLine(displayText(value, type));
}
