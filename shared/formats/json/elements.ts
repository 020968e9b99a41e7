// A JSON list, cut into the texts of its elements without parsing them: only brackets, quotes and commas are looked at,
// and whatever stands between two commas must be JSON for who parses it.
import { corrupt, type JsonText } from './record.ts';

const [lineFeed, quote, comma, backslash, openList, closeList, openObject, closeObject] = [
  ...['\n', '"', ',', '\\', '[', ']', '{', '}'].map((char) => char.charCodeAt(0)),
];

export class ElementSplitter {
  line = 1;
  readonly #location: string;
  readonly #longest: number;
  /** What is not cut yet, from the beginning of an element on. */
  #buffer = '';
  /** How far it has been looked at. */
  #at = 0;
  /** Brackets that are open: 1 between elements; 0 before the list and after it. */
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #state: 'before' | 'first' | 'inside' | 'after' = 'before';
  /** Where the element that is looked at begins: in the buffer, and its line. */
  #start = -1;
  #startLine = 1;

  /** Elements may have `longest` characters. */
  constructor(location: string, longest: number) {
    this.#location = location;
    this.#longest = longest;
  }

  take(text: string): JsonText[] {
    const texts: JsonText[] = [];
    this.#buffer += text;
    for (; this.#at < this.#buffer.length; this.#at++) {
      const code = this.#buffer.charCodeAt(this.#at);
      if (code === lineFeed) this.line++;
      if (this.#quoted) this.#lookQuoted(code);
      else if (!isBlank(code)) this.#look(code, texts);
    }
    const from = this.#start < 0 ? this.#at : this.#start;
    this.#buffer = this.#buffer.slice(from);
    this.#at -= from;
    if (this.#start >= 0) this.#start = 0;
    if (this.#buffer.length > this.#longest)
      throw corrupt(this.#location, this.#startLine, 'begins a value of more than 16 MB');
    return texts;
  }

  end(): JsonText[] {
    if (this.#state !== 'after') throw corrupt(this.#location, this.line, 'is the last one, but the list does not end');
    return [];
  }

  #lookQuoted(code: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (code === backslash) this.#escaped = true;
    else if (code === quote) this.#quoted = false;
  }

  #look(code: number, texts: JsonText[]): void {
    if (this.#depth === 0) return this.#lookOutside(code);
    if (this.#depth === 1 && (code === comma || code === closeList)) {
      this.#finish(code, texts);
      return;
    }
    if (this.#start < 0) {
      this.#start = this.#at;
      this.#startLine = this.line;
    }
    if (code === quote) this.#quoted = true;
    else if (code === openList || code === openObject) this.#depth++;
    else if ((code === closeList || code === closeObject) && this.#depth > 1) this.#depth--;
  }

  #lookOutside(code: number): void {
    if (this.#state === 'after') throw corrupt(this.#location, this.line, 'goes on after the end of the list');
    if (code !== openList) throw corrupt(this.#location, this.line, 'does not begin a list');
    this.#depth = 1;
    this.#state = 'first';
  }

  /** An element ends here, or the empty list does. */
  #finish(code: number, texts: JsonText[]): void {
    if (this.#start >= 0) {
      texts.push({ text: this.#buffer.slice(this.#start, this.#at), line: this.#startLine });
      this.#start = -1;
    } else if (code === comma || this.#state !== 'first') {
      throw corrupt(this.#location, this.line, 'lacks a value beside a comma');
    }
    this.#state = code === comma ? 'inside' : 'after';
    if (code === closeList) this.#depth = 0;
  }
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13 && code !== 11 && code !== 12);
}
