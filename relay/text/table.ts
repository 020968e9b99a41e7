// Rows as a table of characters, as Aqueducts prints them.
import stringWidth from 'string-width';
import type { Preview } from '../../shared/protocol/preview.ts';
import { parseType } from '../../shared/sql/types.ts';
import { rowsOf } from '../../shared/values/codec.ts';
import { decodeBatches } from '../../shared/values/ipc.ts';
import { displayText } from '../../shared/values/text.ts';

/** Lines that end in a newline. NULL is an empty cell, as in Aqueducts; line breaks in values are kept on the line. */
export function tableText({ columns, batches }: Pick<Preview, 'columns' | 'batches'>): string {
  const types = columns.map(({ type }) => parseType(type));
  const rows = batches
    .flatMap((bytes) => decodeBatches(bytes))
    .flatMap((batch) => rowsOf(batch, columns))
    .map((row) => row.map((value, index) => cell(value, types[index])));
  const names = columns.map(({ name }) => oneLine(name));
  const widths = names.map((name, index) => Math.max(...[name, ...rows.map((row) => row[index] ?? '')].map(widthOf)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (cells: readonly string[]): string =>
    `|${cells.map((text, index) => ` ${padded(text, widths[index] ?? 0)} `).join('|')}|\n`;
  if (columns.length === 0) return '++\n++\n';
  return [rule, line(names), rule, ...rows.map(line), ...(rows.length > 0 ? [rule] : [])].join('');
}

function cell(value: Parameters<typeof displayText>[0], type: Parameters<typeof displayText>[1] | undefined): string {
  return value === null || type === undefined ? '' : oneLine(displayText(value, type));
}

/** Control characters could move the terminal's cursor, or worse. */
function oneLine(text: string): string {
  return text
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/\p{Cc}/gu, '\u{FFFD}');
}

function widthOf(text: string): number {
  return stringWidth(text, { countAnsiEscapeCodes: true });
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
