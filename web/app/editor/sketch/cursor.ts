// Where the cursor is in the document: the path, what is being typed there, and the fields beside it.
import type { Path } from '../../../../shared/errors.ts';
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import { sketch } from './sketch.ts';
import { cursorMark, textOf, type Sketch, type SketchMap, type SketchNode, type SketchText } from './tree.ts';

export interface CursorPlace {
  /** Of the value that is typed, or of the map whose key is typed. */
  readonly path: Path;
  /** A word that could become either counts as a value: `- na`, `format: ty` on a line of its own. */
  readonly role: 'key' | 'value' | 'header';
  /** The key or value around the cursor, quotes left out; empty where nothing is typed. */
  readonly from: number;
  readonly to: number;
  readonly quote: SketchText['quote'];
  /** The map whose key it is, or in which the value stands. */
  readonly map: SketchMap | undefined;
  /** Whether a key has its separator already. */
  readonly separated: boolean;
  /** The text with a mark where the cursor is. */
  readonly sketch: Sketch;
}

/** The place of the cursor; undefined in comments and between things. */
export function placeAt(text: string, cursor: number, syntax: Syntax): CursorPlace | undefined {
  const clean = text.replaceAll(cursorMark, ' ');
  const marked = sketch(clean.slice(0, cursor) + cursorMark + clean.slice(cursor), syntax);
  const found = { sketch: marked, map: undefined, separated: false, quote: '' } as const;
  const header = marked.headers.find(({ from, to }) => from < cursor && cursor < to);
  if (header) return { ...found, path: [], role: 'header', from: header.from, to: header.to - 1 };
  return marked.root && findIn(marked.root, [], undefined, marked, cursor);
}

function findIn(
  node: SketchNode,
  path: Path,
  map: SketchMap | undefined,
  marked: Sketch,
  cursor: number,
): CursorPlace | undefined {
  const spot = (text: SketchText, found: Pick<CursorPlace, 'path' | 'role' | 'map' | 'separated'>): CursorPlace => {
    return { ...found, sketch: marked, quote: text.quote, from: text.from, to: text.to - 1 };
  };
  if (node.kind === 'text') {
    return holds(node, cursor) ? spot(node, { path, role: 'value', map, separated: false }) : undefined;
  }
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) {
      const found = item && findIn(item, [...path, index], undefined, marked, cursor);
      if (found) return found;
    }
    return undefined;
  }
  for (const { key, value, separated } of node.entries) {
    if (holds(key, cursor)) return spot(key, { path, role: 'key', map: node, separated });
    const found = value && findIn(value, [...path, textOf(marked.text, key)], node, marked, cursor);
    if (found) return found;
  }
  return undefined;
}

/** Whether the mark, which stands at the cursor and is one unit long, is part of a text. */
function holds({ from, to }: SketchText, cursor: number): boolean {
  return from <= cursor && cursor < to;
}

/** The value under a path. */
export function nodeAt({ text, root }: Sketch, path: Path): SketchNode | undefined {
  let node = root;
  for (const step of path) {
    if (node?.kind === 'list' && typeof step === 'number') node = node.items[step];
    else if (node?.kind === 'map') node = node.entries.find(({ key }) => textOf(text, key) === step)?.value;
    else return undefined;
  }
  return node;
}
