// TOML, line by line: headers, keys, and the values behind them.
import { deeper, FlowReader } from './flow.ts';
import {
  cursorMark,
  fieldOf,
  newList,
  newMap,
  textOf,
  type SketchHeader,
  type SketchMap,
  type SketchNode,
} from './tree.ts';

/** A line that can only be a header: there a value that was never closed ends. */
const header = /^\[\[?[ \t]*[A-Za-z_][^\n=,]*\]\]?[ \t]*(?:#.*)?$/gm;

export function sketchToml(text: string): { readonly root: SketchNode; readonly headers: readonly SketchHeader[] } {
  const root = newMap('table');
  const headers: SketchHeader[] = [];
  const borders = [...text.matchAll(header)].map(({ index }) => index);
  let [table, position, border] = [root, 0, 0];
  while (position < text.length) {
    while (border < borders.length && (borders[border] ?? 0) <= position) border++;
    const reader = new FlowReader(text, 'toml', position, borders[border]);
    const start = reader.skipSpace();
    if (start >= text.length) break;
    if (text[start] === '[') {
      const end = lineEnd(text, start);
      const array = text[start + 1] === '[';
      headers.push({ from: start, to: end, array });
      table = open(root, text, start + (array ? 2 : 1), array);
      position = end;
      continue;
    }
    const keys = text[start] === '#' ? [] : reader.keys();
    const last = keys.pop();
    if (last) {
      const found = reader.assigned('=');
      deeper(text, table, keys).entries.push({ key: last, ...found });
    }
    position = lineEnd(text, reader.position);
  }
  return { root, headers };
}

/** The table that a header opens. One that is being typed opens none that counts. */
function open(root: SketchMap, text: string, from: number, array: boolean): SketchMap {
  const keys = new FlowReader(text, 'toml', from, lineEnd(text, from)).keys();
  const last = keys.at(-1);
  if (!last || keys.some(({ from, to }) => text.slice(from, to).includes(cursorMark))) return newMap('table');
  if (!array) return deeper(text, root, keys);
  const parent = deeper(text, root, keys.slice(0, -1));
  const known = fieldOf(text, parent, textOf(text, last));
  const list = known?.kind === 'list' ? known : newList('table');
  if (list !== known) parent.entries.push({ key: last, separated: true, value: list });
  const item = newMap('table');
  list.items.push(item);
  return item;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
