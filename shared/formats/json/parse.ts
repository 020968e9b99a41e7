// Parses a JSON text (RFC 8259). JSON.parse would move keys that look like integers to the front, keep the last of
// several values of a key, and forget how numbers were written; this keeps all three, or refuses.
import { JsonNumber, type Json, type JsonObject } from './value.ts';

/** How deep lists and objects may nest. */
export const deepestNesting = 500;

/** What is wrong with a text: `reason` continues a sentence that begins with the place of the text. */
export class JsonProblem extends Error {
  readonly reason: string;
  readonly hint: string | undefined;

  constructor(reason: string, hint?: string) {
    super(reason);
    this.reason = reason;
    this.hint = hint;
  }
}

/** Fails with a JsonProblem. */
export function parseJsonText(text: string): Json {
  return new Reader(text).whole();
}

const [tab, lineFeed, carriageReturn, blank, quote, comma, minus, point, zero, nine, colon, backslash] = [
  ...['\t', '\n', '\r', ' ', '"', ',', '-', '.', '0', '9', ':', '\\'].map((char) => char.charCodeAt(0)),
] as [number, number, number, number, number, number, number, number, number, number, number, number];
const [openList, closeList, openObject, closeObject] = ['[', ']', '{', '}'].map((char) => char.charCodeAt(0));

const escapes: Readonly<Record<string, string>> = {
  ...{ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
};

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    const value = this.#value();
    this.#next();
    if (this.#at < this.#text.length) throw this.#unexpected();
    return value;
  }

  /** The code of the next character that is not blank, and NaN at the end. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== blank && code !== lineFeed && code !== carriageReturn && code !== tab) return code;
      this.#at++;
    }
  }

  #value(): Json {
    const code = this.#next();
    if (code === quote) return this.#string();
    if ((code >= zero && code <= nine) || code === minus) return this.#number(code);
    if (code === openObject) return this.#object();
    if (code === openList) return this.#list();
    if (this.#text.startsWith('true', this.#at)) return this.#word(true, 4);
    if (this.#text.startsWith('false', this.#at)) return this.#word(false, 5);
    if (this.#text.startsWith('null', this.#at)) return this.#word(null, 4);
    throw this.#unexpected();
  }

  #word(value: boolean | null, length: number): boolean | null {
    this.#at += length;
    return value;
  }

  #object(): JsonObject {
    this.#open();
    const fields: JsonObject = new Map();
    if (this.#next() === closeObject) return this.#close(fields);
    for (;;) {
      if (this.#next() !== quote) throw this.#unexpected();
      const key = this.#string();
      if (this.#next() !== colon) throw this.#unexpected();
      this.#at++;
      const value = this.#value();
      const size = fields.size;
      fields.set(key, value);
      if (fields.size === size) throw new JsonProblem('gives a key twice in one object');
      const code = this.#next();
      if (code === closeObject) return this.#close(fields);
      if (code !== comma) throw this.#unexpected();
      this.#at++;
    }
  }

  #list(): Json[] {
    this.#open();
    const items: Json[] = [];
    if (this.#next() === closeList) return this.#close(items);
    for (;;) {
      items.push(this.#value());
      const code = this.#next();
      if (code === closeList) return this.#close(items);
      if (code !== comma) throw this.#unexpected();
      this.#at++;
    }
  }

  #open(): void {
    this.#at++;
    if (++this.#depth > deepestNesting) {
      throw new JsonProblem(`nests deeper than ${deepestNesting} levels`, 'Write the inner part as text.');
    }
  }

  #close<Value>(value: Value): Value {
    this.#at++;
    this.#depth--;
    return value;
  }

  #number(first: number): number | JsonNumber {
    const text = this.#text;
    const start = this.#at;
    let at = first === minus ? start + 1 : start;
    let value = 0;
    let code = text.charCodeAt(at);
    const leading = code;
    const firstDigit = at;
    for (; code >= zero && code <= nine; code = text.charCodeAt(++at)) value = value * 10 + (code - zero);
    this.#at = at;
    const digits = at - firstDigit;
    if (digits === 0 || (leading === zero && digits > 1)) throw this.#unexpected();
    if (code === point || (code | 0x20) === 0x65) return this.#decimal(start);
    if (digits > 15 || (value === 0 && first === minus)) return new JsonNumber(text.slice(start, at));
    return first === minus ? -value : value;
  }

  /** What comes after the digits of a number that has a point or an exponent. */
  #decimal(start: number): JsonNumber {
    if (this.#text.charCodeAt(this.#at) === point) {
      this.#at++;
      this.#digits();
    }
    if ((this.#text.charCodeAt(this.#at) | 0x20) === 0x65) {
      this.#at++;
      const sign = this.#text.charCodeAt(this.#at);
      if (sign === minus || sign === 0x2b) this.#at++;
      this.#digits();
    }
    return new JsonNumber(this.#text.slice(start, this.#at));
  }

  #digits(): void {
    const start = this.#at;
    for (let code = this.#text.charCodeAt(start); code >= zero && code <= nine;) {
      code = this.#text.charCodeAt(++this.#at);
    }
    if (this.#at === start) throw this.#unexpected();
  }

  #string(): string {
    const start = this.#at + 1;
    for (let at = start; ; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === quote) {
        this.#at = at + 1;
        return this.#text.slice(start, at);
      }
      if (code === backslash) return this.#escaped(start, at);
      if (!(code >= 32)) {
        this.#at = at;
        throw this.#unexpected();
      }
    }
  }

  #escaped(start: number, backslashAt: number): string {
    const text = this.#text;
    let value = text.slice(start, backslashAt);
    let from = backslashAt;
    for (let at = backslashAt; ;) {
      const code = text.charCodeAt(at);
      if (code === backslash) {
        value += text.slice(from, at);
        const char = text.charAt(at + 1);
        const simple = escapes[char];
        const hex = char === 'u' ? text.slice(at + 2, at + 6) : '';
        if (simple === undefined && !/^[\da-f]{4}$/i.test(hex)) {
          throw new JsonProblem('is not valid JSON: an escape is not one that JSON has');
        }
        value += simple ?? String.fromCharCode(Number.parseInt(hex, 16));
        from = at += simple === undefined ? 6 : 2;
      } else if (code === quote) {
        value += text.slice(from, at);
        this.#at = at + 1;
        if (value.isWellFormed()) return value;
        throw new JsonProblem(
          'holds half of a surrogate pair, which is no text',
          'Write both halves of the pair, such as \\ud83d\\ude00, or leave it out.',
        );
      } else if (!(code >= 32)) {
        this.#at = at;
        throw this.#unexpected();
      } else at++;
    }
  }

  #unexpected(): JsonProblem {
    if (this.#at >= this.#text.length) return new JsonProblem('is not valid JSON: it ends too early');
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    return new JsonProblem(`is not valid JSON: ${JSON.stringify(char)} is not expected at character ${this.#at + 1}`);
  }
}
