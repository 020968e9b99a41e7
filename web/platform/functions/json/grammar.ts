// JSON text as DuckDB's json extension takes it (yyjson's reader with ALLOW_INF_AND_NAN, ALLOW_TRAILING_COMMAS and
// BIGNUM_AS_RAW): RFC 8259, and besides a comma before a closing bracket, and NaN and Infinity in any case. Every
// other room here may rely on text that has passed `validate`.

export const code = {
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  e: 0x65,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Characters of the input that an error shows. */
const shownLength = 50;

/** What is wrong with the text, in the words that DuckDB uses; `at` counts UTF-16 units. */
export function malformed(text: string, at: number, reason: string): Error {
  const shown = text.length > shownLength ? `${text.slice(0, shownLength - 3)}...` : text;
  return new Error(`Malformed JSON at byte ${at} of input: ${reason}.  Input: "${shown.replaceAll('\r', '\\r')}"`);
}

export function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

/** The next place that is not white space. */
export function skipSpace(text: string, start: number): number {
  if (text.charCodeAt(start) > 0x20) return start;
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Passes text that holds exactly one value. Iterative: no depth of nesting makes it fail. */
export function validate(text: string): void {
  /** The brackets that are open, as the code units that close them. */
  const open: number[] = [];
  let at = skipSpace(text, 0);
  if (at === text.length) throw malformed(text, at, 'input data is empty');
  for (;;) {
    // At the start of a value.
    const unit = text.charCodeAt(at);
    if (unit === code.openBrace || unit === code.openBracket) {
      const close = unit + 2;
      at = skipSpace(text, at + 1);
      if (text.charCodeAt(at) !== close) {
        open.push(close);
        if (close === code.closeBrace) at = passKey(text, at);
        continue;
      }
      at++;
    } else {
      at = passScalar(text, at);
    }
    // Behind a value.
    for (;;) {
      at = skipSpace(text, at);
      const close = open.at(-1);
      if (close === undefined) {
        if (at < text.length) throw malformed(text, at, 'unexpected content after document');
        return;
      }
      let next = text.charCodeAt(at);
      if (next === code.comma) {
        at = skipSpace(text, at + 1);
        next = text.charCodeAt(at);
        if (next !== close) {
          if (close === code.closeBrace) at = passKey(text, at);
          break;
        }
      }
      if (next !== close)
        throw malformed(text, at, at < text.length ? 'unexpected character' : 'unexpected end of data');
      open.pop();
      at++;
    }
  }
}

export function isValid(text: string): boolean {
  try {
    validate(text);
    return true;
  } catch {
    return false; // the only thing that `validate` throws is that the text is malformed
  }
}

/** A key and its colon; answers where the value begins. */
function passKey(text: string, start: number): number {
  if (text.charCodeAt(start) !== code.quote) throw malformed(text, start, 'unexpected character');
  const at = skipSpace(text, passString(text, start));
  if (text.charCodeAt(at) !== code.colon) throw malformed(text, at, 'unexpected character');
  return skipSpace(text, at + 1);
}

function passScalar(text: string, start: number): number {
  const unit = text.charCodeAt(start);
  if (unit === code.quote) return passString(text, start);
  const end = isDigit(unit) || unit === code.minus ? passNumber(text, start) : passLiteral(text, start);
  if (end > start && !isWord(text.charCodeAt(end))) return end;
  throw malformed(text, start, start < text.length ? 'unexpected character' : 'unexpected end of data');
}

const literal = /true|false|null|-?(?:[nN][aA][nN]|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?)/y;

/** Answers the start where there is none. */
function passLiteral(text: string, start: number): number {
  literal.lastIndex = start;
  return literal.test(text) ? literal.lastIndex : start;
}

/** Answers the start where there is none. Read by hand, because numbers are what many texts have most of. */
function passNumber(text: string, start: number): number {
  const first = text.charCodeAt(start) === code.minus ? start + 1 : start;
  let at = passDigits(text, first);
  if (at === first) return passLiteral(text, start);
  if (text.charCodeAt(first) === code.zero && at > first + 1) return start;
  if (text.charCodeAt(at) === code.point) {
    const fraction = at + 1;
    at = passDigits(text, fraction);
    if (at === fraction) return start;
  }
  if ((text.charCodeAt(at) | 0x20) !== code.e) return at;
  const next = text.charCodeAt(at + 1);
  const exponent = next === code.plus || next === code.minus ? at + 2 : at + 1;
  at = passDigits(text, exponent);
  return at === exponent ? start : at;
}

function passDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** What cannot follow a number or a literal. */
function isWord(unit: number): boolean {
  if (isDigit(unit) || unit === code.point || unit === code.plus || unit === code.minus || unit === 0x5f) return true;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

const escape =
  /\\(?:["\\/bfnrt]|u(?:[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?![dD][89a-fA-F])[0-9a-fA-F]{4}))/y;

/** A string from its opening quote; answers the place behind the closing one. */
function passString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) return at + 1;
    if (unit < 0x20) throw malformed(text, at, 'unexpected control character in string');
    if (unit !== code.backslash) continue;
    escape.lastIndex = at;
    if (!escape.test(text)) throw malformed(text, at, 'invalid escaped sequence in string');
    at = escape.lastIndex - 1;
  }
  throw malformed(text, text.length, 'unclosed string');
}

/** The place behind the string that begins here. */
export function skipString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at);
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === code.backslash) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
}

/** The place behind the value that begins here. */
export function skipValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === code.quote) return skipString(text, start);
  let at = start;
  if (first !== code.openBrace && first !== code.openBracket) {
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === code.comma || unit === code.closeBrace || unit === code.closeBracket || isSpace(unit)) break;
    }
    return at;
  }
  for (let depth = 0; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) at = skipString(text, at) - 1;
    else if (unit === code.openBrace || unit === code.openBracket) depth++;
    else if (unit === code.closeBrace || unit === code.closeBracket) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
}
