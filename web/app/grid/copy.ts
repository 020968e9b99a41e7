// Puts chosen cells on the clipboard.
import { asSluiceError, failure } from '../../../shared/errors.ts';
import type { Column } from '../../../shared/platform.ts';
import { parseType } from '../../../shared/sql/types.ts';
import { displayText } from '../../../shared/values/text.ts';
import { formatCount } from '../quantities.ts';
import type { RowSource } from './row-source.ts';
import { cellsOf, type Selection } from './selection.ts';
import { tableText, type TableText, type TextFormat } from './table-text.ts';

/** Values that are copied at most: what programs take in without stalling. */
const most = 500_000;
/** Milliseconds until the page gets a turn. */
const turn = 12;

export interface CopyOptions {
  readonly format: TextFormat;
  /** With the columns' names. */
  readonly named: boolean;
}

/** Copies; one cell by itself is its bare text. Fails when it is too much, or with what the browser says. */
export async function copyCells(source: RowSource, selection: Selection, options: CopyOptions): Promise<void> {
  const count = cellsOf(selection);
  if (count > most) {
    throw failure('clipboard.refused', `${formatCount(count)} values are too many to copy.`, {
      hint: 'Export them as a file instead.',
    });
  }
  await writeClipboard(await textOf(source, selection, options));
}

/** Fails with what the browser says. */
export async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (thrown) {
    throw asSluiceError(thrown, 'clipboard.refused', 'The browser did not let the page copy.');
  }
}

async function textOf(source: RowSource, selection: Selection, { format, named }: CopyOptions): Promise<string> {
  const { firstRow, endRow, firstColumn, endColumn } = selection;
  const columns = source.columns.slice(firstColumn, endColumn);
  const isBare = cellsOf(selection) === 1 && !named;
  const { head, row, between, tail } = isBare ? bareText(columns) : tableText(format, columns, named);
  const lines: string[] = [];
  let began = performance.now();
  for await (const value of source.read(firstRow, endRow)) {
    lines.push(row(columns.map((_, at) => value(firstColumn + at))));
    if (performance.now() - began < turn) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
  return head + lines.join(between) + tail;
}

/** One value as it stands in the grid, without quotes; nothing for NULL. */
function bareText([column]: readonly Column[]): TableText {
  const type = parseType(column?.type ?? 'VARCHAR');
  const row: TableText['row'] = ([value = null]) => (value === null ? '' : displayText(value, type));
  return { head: '', row, between: '', tail: '' };
}
