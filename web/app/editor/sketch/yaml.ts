// YAML by its indentation (YAML 1.2, chapter 8), as far as a half-typed text is indented.
import { FlowReader } from './flow.ts';
import {
  cursorMark,
  newList,
  newMap,
  type SketchList,
  type SketchMap,
  type SketchNode,
  type SketchText,
} from './tree.ts';

export function sketchYaml(text: string): SketchNode | undefined {
  return new YamlSketcher(text).sketch();
}

/** Where the next value goes: behind a key or a dash that nothing follows yet. */
interface Slot {
  readonly indent: number;
  readonly ofKey: boolean;
  readonly fill: (node: SketchNode) => void;
}

/** A plain text that deeper lines go on with. */
interface Growing extends Pick<Slot, 'indent' | 'fill'> {
  readonly text: SketchText;
}

const gap = `(?=[ \\t\\r${cursorMark}]|$)`;
const dash = new RegExp(`^-${gap}`);
const quotedKey = new RegExp(`^(["'])((?:(?!\\1)(?:\\\\.|.))*)\\1[ \\t]*:${gap}`);
const plainKey = new RegExp(`^((?![\\s"'#{}[\\],&*!|>%@\`])(?:(?! #|:[ \\t\\r${cursorMark}]).)*?)[ \\t]*:${gap}`);
const marker = /^(?:---|\.\.\.)(?=\s|$)|^%/;
const properties = /^(?:[&!][^\s]*[ \t]+)+/;

class YamlSketcher {
  readonly #text: string;
  readonly #open: (SketchMap | SketchList)[] = [];
  #root: SketchNode | undefined;
  #slot: Slot | undefined = { indent: -1, ofKey: false, fill: (node) => (this.#root = node) };
  /** The last plain text, which deeper lines continue. */
  #growing: Growing | undefined;
  /** Where the next line begins. */
  #next = 0;

  constructor(text: string) {
    this.#text = text;
  }

  sketch(): SketchNode | undefined {
    while (this.#next < this.#text.length) {
      const start = this.#next;
      const end = this.#lineEnd(start);
      this.#next = end + 1;
      const line = this.#text.slice(start, end);
      const indent = line.search(/[^ \t]/);
      if (indent < 0 || line[indent] === '#' || line.trim() === '' || marker.test(line)) continue;
      this.#close(indent, dash.test(line.slice(indent)));
      this.#content(start, start + indent, end);
    }
    return this.#root;
  }

  /** Ends what a line that begins at this column is no longer part of. */
  #close(column: number, dashed: boolean): void {
    for (let top = this.#top(); top; top = this.#top()) {
      const below = this.#open.at(-2);
      const sameAsKey = top.kind === 'list' && top.indent === column && !dashed;
      const keyHolds = sameAsKey && below?.kind === 'map' && below.indent === column;
      if (top.indent <= column && !keyHolds) break;
      this.#open.pop();
    }
    const slot = this.#slot;
    if (slot && column <= slot.indent && !(slot.ofKey && dashed && column === slot.indent)) this.#slot = undefined;
    if (this.#growing && column <= this.#growing.indent) this.#growing = undefined;
  }

  #content(lineStart: number, start: number, end: number): void {
    let position = start;
    const rest = (): string => this.#text.slice(position, end);
    while (dash.test(rest()) && !this.#growing) {
      this.#item(position - lineStart);
      position += 1 + (/^-([ \t]*)/.exec(rest())?.[1]?.length ?? 0);
      if (position >= end) return;
    }
    const key = quotedKey.exec(rest()) ?? plainKey.exec(rest());
    if (this.#growing && key) this.#takeForKey(this.#growing, position - lineStart);
    if (!key || this.#growing) {
      this.#bare(position, end, position - lineStart);
      return;
    }
    const quote = key[2] === undefined ? '' : (key[1] as '"' | "'");
    const from = position + quote.length;
    const length = (key[2] ?? key[1] ?? '').length;
    this.#entry({ kind: 'text', from, to: from + length, quote }, position - lineStart);
    position += key[0].length;
    this.#value(position, end);
  }

  #item(column: number): void {
    const list = this.#container(column, 'list');
    const index = list.items.push(undefined) - 1;
    this.#slot = { indent: list.indent, ofKey: false, fill: (node) => (list.items[index] = node) };
  }

  #entry(key: SketchText, column: number): void {
    const map = this.#container(column, 'map');
    const entry: SketchMap['entries'][number] = { key, separated: true };
    map.entries.push(entry);
    this.#slot = { indent: map.indent, ofKey: true, fill: (node) => (entry.value = node) };
  }

  /** The list or map that a line at this column belongs to: the open one, or a new one where a value can stand. */
  #container<Kind extends 'list' | 'map'>(column: number, kind: Kind): Extract<SketchMap | SketchList, { kind: Kind }> {
    type Container = Extract<SketchMap | SketchList, { kind: Kind }>;
    const top = this.#top();
    const fits = top?.kind === kind && (top.indent === column || !this.#slot);
    if (fits) return top as Container;
    const made = (kind === 'list' ? newList('block', column) : newMap('block', column)) as Container;
    this.#slot?.fill(made);
    this.#open.push(made);
    return made;
  }

  /** A single word above a key is a key itself, whose colon is not typed yet. */
  #takeForKey({ text, fill }: Growing, column: number): void {
    if (/\s/.test(this.#text.slice(text.from, text.to))) return;
    this.#growing = undefined;
    const map = newMap('block', column);
    map.entries.push({ key: text, separated: false });
    fill(map);
    this.#open.push(map);
  }

  /** What follows a key on its line. */
  #value(from: number, end: number): void {
    const position = this.#skip(from, end);
    if (position < end && this.#text[position] !== '#') this.#fill(position, end);
  }

  /** A line, or the rest of one, without a key: a value, a key without its colon, or more of the text before. */
  #bare(from: number, end: number, column: number): void {
    const top = this.#top();
    if (this.#growing && column > this.#growing.indent) {
      this.#growing.text.to = this.#plainEnd(from, end);
    } else if (this.#slot) {
      this.#fill(from, end);
    } else if (top?.kind === 'list') {
      top.items.push(this.#plain(from, end));
    } else {
      top?.entries.push({ key: this.#plain(from, end), separated: false });
    }
  }

  #fill(from: number, end: number): void {
    const slot = this.#slot;
    if (!slot) return;
    this.#slot = undefined;
    const start = from + (properties.exec(this.#text.slice(from, end))?.[0].length ?? 0);
    const first = this.#text.charAt(start);
    if (/^[|>][-+0-9]*[ \t]*(?:#.*)?\r?$/.test(this.#text.slice(start, end))) {
      slot.fill(this.#block(end, slot.indent));
    } else if (['{', '[', '"', "'"].includes(first)) {
      const reader = new FlowReader(this.#text, 'yaml', start, this.#lessIndented(end, slot.indent));
      const node = reader.value();
      if (node) slot.fill(node);
      if (reader.position > end) this.#next = this.#lineEnd(reader.position) + 1;
    } else {
      const text = this.#plain(start, end);
      slot.fill(text);
      this.#growing = { text, indent: slot.indent, fill: slot.fill };
    }
  }

  #plain(from: number, end: number): SketchText {
    return { kind: 'text', from, to: this.#plainEnd(from, end), quote: '' };
  }

  #plainEnd(from: number, end: number): number {
    const line = this.#text.slice(from, end);
    return from + line.replace(/[ \t]#.*$/, '').trimEnd().length;
  }

  /** A block scalar: the lines below that are blank or indented more than its key. */
  #block(headerEnd: number, indent: number): SketchText {
    const from = Math.min(headerEnd + 1, this.#text.length);
    const to = this.#lessIndented(headerEnd, indent, '');
    this.#next = to;
    return { kind: 'text', from, to: Math.max(from, this.#text[to - 1] === '\n' ? to - 1 : to), quote: 'block' };
  }

  /** Where the first line below begins that is indented no more than `indent`; closing brackets do not count. */
  #lessIndented(from: number, indent: number, closing = '\\]}'): number {
    if (indent < 0) return this.#text.length;
    const less = new RegExp(`\\n {0,${indent}}(?=[^\\s${closing}])`, 'g');
    less.lastIndex = from;
    const found = less.exec(this.#text);
    return found ? found.index + 1 : this.#text.length;
  }

  #skip(from: number, end: number): number {
    return from + (/^[ \t\r]*/.exec(this.#text.slice(from, end))?.[0].length ?? 0);
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end < 0 ? this.#text.length : end;
  }

  #top(): SketchMap | SketchList | undefined {
    return this.#open.at(-1);
  }
}
