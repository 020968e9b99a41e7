// Values in brackets and quotes: JSON, YAML's flow style, TOML's inline tables and arrays. What is not closed ends where
// the text, the line, or a bracket further out says so.
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import {
  cursorMark,
  fieldOf,
  newList,
  newMap,
  textOf,
  type Quote,
  type SketchMap,
  type SketchNode,
  type SketchText,
} from './tree.ts';

/** Plain words, by syntax: what they are made of as values and as keys. */
const plain: Readonly<Record<Syntax, { readonly value: RegExp; readonly key: RegExp }>> = {
  json: { value: /[^\s,:[\]{}"]+/y, key: /[^\s,:[\]{}"]+/y },
  yaml: {
    value: /(?:\$\{[^}\n]*\}|(?!: |:$| #)[^,[\]{}\n])+/my,
    key: new RegExp(`(?:\\$\\{[^}\\n]*\\}|(?!:[\\s${cursorMark}]|:$| #)[^,[\\]{}\\n])+`, 'my'),
  },
  toml: { value: /[^,[\]{}\n#]+/y, key: /[^\s=,[\]{}\n#."']+/y },
};

const blanks = /\s+/y;
const blanksAndComments = /(?:\s+|#[^\n]*)+/y;
const between: Readonly<Record<Syntax, RegExp>> = { json: blanks, yaml: blanksAndComments, toml: blanksAndComments };

export class FlowReader {
  readonly text: string;
  readonly syntax: Syntax;
  position: number;
  readonly #end: number;
  /** The closing brackets that are waited for. */
  readonly #open: string[] = [];

  /** Reads from `position`, at most up to `end`. */
  constructor(text: string, syntax: Syntax, position: number, end = text.length) {
    this.text = text;
    this.syntax = syntax;
    this.position = position;
    this.#end = end;
  }

  /** The value that begins here; undefined where none does. */
  value(): SketchNode | undefined {
    const next = this.#peek();
    if (next === '{') return this.#map();
    if (next === '[') return this.#list();
    if (this.#quoteHere() !== '') return this.string();
    return this.#word(plain[this.syntax].value);
  }

  /** A key, dotted ones as several. */
  keys(): SketchText[] {
    const keys: SketchText[] = [];
    for (;;) {
      const key = this.#quoteHere() === '' ? this.#word(plain[this.syntax].key) : this.string();
      if (key) keys.push(key);
      if (this.syntax !== 'toml') return keys;
      this.#take(/[ \t]+/y);
      if (!key || this.#peek() !== '.') return keys;
      this.position++;
      this.#take(/[ \t]+/y);
    }
  }

  /** The value after a separator, if there are both. */
  assigned(separator: string): { readonly separated: boolean; readonly value?: SketchNode } {
    this.#take(/[ \t]+/y);
    if (this.#peek() !== separator) return { separated: false };
    this.position++;
    this.#take(this.syntax === 'toml' ? /[ \t]+/y : between[this.syntax]);
    const value = this.value();
    return { separated: true, ...(value ? { value } : {}) };
  }

  /** Passes blanks and line breaks; answers where it stands then. */
  skipSpace(): number {
    this.#take(blanks);
    return this.position;
  }

  string(): SketchText {
    const quote = this.#quoteHere();
    const from = this.position + quote.length;
    const to = this.#closing(quote, from);
    this.position = Math.min(to + (this.text.startsWith(quote, to) ? quote.length : 0), this.#end);
    return { kind: 'text', from, to, quote };
  }

  #map(): SketchMap {
    const map = newMap('flow');
    this.#each('}', () => {
      const keys = this.keys();
      const last = keys.pop();
      if (!last) return false;
      const found = this.assigned(this.syntax === 'toml' ? '=' : ':');
      deeper(this.text, map, keys).entries.push({ key: last, ...found });
      return true;
    });
    return map;
  }

  #list(): SketchNode {
    const list = newList('flow');
    this.#each(']', () => {
      const value = this.value();
      if (value) list.items.push(value);
      return value !== undefined;
    });
    return list;
  }

  /** Reads the members up to the closing bracket, or to one that closes something further out. */
  #each(close: string, member: () => boolean): void {
    this.position++;
    this.#open.push(close);
    for (;;) {
      this.#skip();
      const next = this.#peek();
      if (next === close) this.position++;
      if (next === '' || ((next === '}' || next === ']') && this.#open.includes(next))) break;
      if (next === ',' || !member()) this.position++;
    }
    this.#open.pop();
  }

  #peek(): string {
    return this.position < this.#end ? this.text.charAt(this.position) : '';
  }

  #skip(): void {
    this.#take(between[this.syntax]);
  }

  #quoteHere(): Quote {
    const next = this.#peek();
    if (next !== '"' && (next !== "'" || this.syntax === 'json')) return '';
    const triple = next === '"' ? '"""' : "'''";
    return this.syntax === 'toml' && this.text.startsWith(triple, this.position) ? triple : next;
  }

  /** Where a quoted text ends: at its quote, or else with its line. */
  #closing(quote: Quote, from: number): number {
    const lineEnd = this.#lineEnd(from);
    if (quote.length === 3) {
      const to = this.text.indexOf(quote, from);
      return to < 0 || to > this.#end ? this.#end : to;
    }
    const inner = quote === '"' ? /(?:[^"\\]|\\[^])*/y : this.syntax === 'yaml' ? /(?:[^']|'')*/y : /[^']*/y;
    inner.lastIndex = from;
    const to = from + (inner.exec(this.text)?.[0].length ?? 0);
    if (to <= lineEnd) return to;
    // YAML's quoted texts may go on below, but a quote that opens another text closes none.
    const closes =
      this.syntax === 'yaml' && to < this.#end && /^.[ \t]*(?:[,\]}#\r\n]|$)/.test(this.text.slice(to, to + 9));
    return closes ? to : lineEnd;
  }

  #lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 || end > this.#end ? this.#end : this.text[end - 1] === '\r' && end > from ? end - 1 : end;
  }

  #word(pattern: RegExp): SketchText | undefined {
    const from = this.position;
    const word = this.#take(pattern);
    return word === '' ? undefined : { kind: 'text', from, to: from + word.trimEnd().length, quote: '' };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0].slice(0, this.#end - this.position) ?? '';
    this.position += found.length;
    return found;
  }
}

/** The map under keys of a map, made where it is missing; of a list the last item. */
export function deeper(text: string, map: SketchMap, keys: readonly SketchText[]): SketchMap {
  return keys.reduce((parent, key) => {
    const known = fieldOf(text, parent, textOf(text, key));
    const inner = known?.kind === 'list' ? known.items.at(-1) : known;
    if (inner?.kind === 'map') return inner;
    const value = newMap(map.style);
    parent.entries.push({ key, separated: true, value });
    return value;
  }, map);
}

export function sketchJson(text: string): SketchNode | undefined {
  const reader = new FlowReader(text, 'json', /^\s*/.exec(text)?.[0].length ?? 0);
  return reader.value();
}
