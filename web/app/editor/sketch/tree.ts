// The tree of a sketch (sketch.ts), the same for every syntax.

/** What stands around a text: quotes, nothing, or the header of YAML's block scalars. */
export type Quote = '' | '"' | "'" | '"""' | "'''" | 'block';

/** A text between `from` and `to`, quotes left out, escapes as they were typed. */
export interface SketchText {
  readonly kind: 'text';
  readonly from: number;
  to: number;
  readonly quote: Quote;
}

export interface SketchEntry {
  readonly key: SketchText;
  /** Whether `:` or `=` follows the key. */
  readonly separated: boolean;
  /** Absent while nothing is typed. */
  value?: SketchNode;
}

/** `block`: by indentation; `flow`: in brackets; `table`: TOML's lines below a header. */
export type SketchStyle = 'block' | 'flow' | 'table';

export interface SketchMap {
  readonly kind: 'map';
  readonly style: SketchStyle;
  /** Columns before the keys, where the style is `block`. */
  readonly indent: number;
  readonly entries: SketchEntry[];
}

export interface SketchList {
  readonly kind: 'list';
  readonly style: SketchStyle;
  readonly indent: number;
  /** An item is absent while nothing is typed after its dash. */
  readonly items: (SketchNode | undefined)[];
}

export type SketchNode = SketchText | SketchMap | SketchList;

/** A header of TOML, such as `[[sources]]`. */
export interface SketchHeader {
  readonly from: number;
  readonly to: number;
  readonly array: boolean;
}

export interface Sketch {
  readonly text: string;
  readonly root: SketchNode | undefined;
  readonly headers: readonly SketchHeader[];
}

/** Stands where the cursor is while a text is sketched, so that an empty place becomes a text. */
export const cursorMark = '\uE0C5';

export function textOf(text: string, { from, to }: { readonly from: number; readonly to: number }): string {
  return text.slice(from, to).replace(cursorMark, '');
}

/** The value of a field, by its name. */
export function fieldOf(text: string, node: SketchNode | undefined, name: string): SketchNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find(({ key }) => textOf(text, key) === name)?.value;
}

export function newMap(style: SketchStyle, indent = 0): SketchMap {
  return { kind: 'map', style, indent, entries: [] };
}

export function newList(style: SketchStyle, indent = 0): SketchList {
  return { kind: 'list', style, indent, items: [] };
}
