// Splits DuckDB SQL text into tokens exactly as DuckDB's own scanner (PostgreSQL's, see "Lexical Structure" there)
// draws their borders. What each border case does was measured on DuckDB v1.5.6; the tests repeat the measurements.

export type TokenKind = 'identifier' | 'quoted' | 'string' | 'number' | 'operator' | 'comment' | 'error';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** What the text stands for: identifiers and strings without quotes and escapes, an error's sentence. */
  readonly value: string;
  /** UTF-16 offset of the first unit. */
  readonly offset: number;
}

/** Besides ASCII blanks, these are a space to DuckDB outside of quotes and line comments. */
export const unicodeSpaces = '\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff';

const letter = `(?:[A-Za-z_]|(?![${unicodeSpaces}])[^\\0-\\x7f])`;
const blank = `[ \\t\\f${unicodeSpaces}]`;
// PostgreSQL's rule: strings that only a line break and line comments part are one string. A quote closes a string
// only where none of that follows, so that a string which is never closed is not taken for a shorter one.
const next = `${blank}*(?:--[^\\n\\r]*)?[\\n\\r](?:${blank}|[\\n\\r]|--[^\\n\\r]*[\\n\\r])*'`;
const joint = `'${next}`;
const close = `'(?!'|${next})`;

const patterns = {
  space: new RegExp(`(?:${blank}|[\\n\\r\\v])+`, 'uy'),
  lineComment: /--[^\n\r]*/y,
  commentEdge: /\/\*|\*\//g,
  identifier: new RegExp(`${letter}(?:${letter}|[0-9$])*`, 'uy'),
  quoted: /"[^"\0]*(?:""[^"\0]*)*"(?!")/y,
  plainString: new RegExp(`'[^'\\0]*(?:(?:''|${joint})[^'\\0]*)*${close}`, 'uy'),
  escapeString: new RegExp(`[eE]'[^'\\\\\\0]*(?:(?:\\\\[^\\0]|''|${joint})[^'\\\\\\0]*)*${close}`, 'uy'),
  dollarQuote: new RegExp(`\\$(?:${letter}(?:${letter}|[0-9])*)?\\$`, 'uy'),
  number: /(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?/y,
  operator: /::|:=|\.\.|[^]/uy,
} as const;

/** Every token of the text in order, comments too. After an error token, which may stand anywhere, nothing follows. */
export function* scan(sql: string): Generator<Token, void, void> {
  const nul = sql.indexOf('\0');
  let offset = match(patterns.space, sql, 0)?.length ?? 0;
  while (offset < sql.length) {
    const token = tokenAt(sql, offset);
    if (nul >= 0 && nul < offset + token.text.length) return yield unreadable(sql, nul);
    yield token;
    if (token.kind === 'error') return;
    offset += token.text.length;
    offset += match(patterns.space, sql, offset)?.length ?? 0;
  }
}

/** The tokens that mean something: all but comments. */
export function tokensOf(sql: string): Token[] {
  return [...scan(sql)].filter((token) => token.kind !== 'comment');
}

const unicodeSpace = new RegExp(`[${unicodeSpaces}]`, 'gu');

/**
 * The text with a plain space for each Unicode space between tokens; every offset stays. DuckDB does this by itself, but
 * by rules for quotes that differ from its scanner's: quotes in block comments and after a backslash mislead it, and then
 * it changes what stands in strings. So there are none of these either.
 */
export function plainSpaces(sql: string): string {
  if (sql.search(unicodeSpace) < 0) return sql;
  let [plain, end] = ['', 0];
  for (const token of scan(sql)) {
    plain += sql.slice(end, token.offset).replace(unicodeSpace, ' ') + unmisleading(token);
    end = token.offset + token.text.length;
  }
  return plain + sql.slice(end).replace(unicodeSpace, ' ');
}

function unmisleading({ kind, text }: Token): string {
  if (kind === 'comment' && text.startsWith('/*')) return text.replace(unicodeSpace, ' ').replaceAll(/['"$-]/g, ' ');
  if (kind === 'string' && /^e/i.test(text))
    return text.replaceAll(/\\([^])/g, (whole, unit) => (unit === "'" ? "''" : whole));
  return text;
}

/** Whether a token is this keyword. Keywords are never quoted; DuckDB compares them without case. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'identifier' && words.includes(token.value.toUpperCase());
}

function tokenAt(sql: string, offset: number): Token {
  const make = (kind: TokenKind, text: string, value = text): Token => ({ kind, text, value, offset });
  const fail = (message: string): Token => make('error', sql.slice(offset), message);
  const take = (pattern: RegExp): string | undefined => match(pattern, sql, offset);
  let text: string | undefined;
  switch (sql[offset]) {
    case "'":
      text = take(patterns.plainString);
      return text === undefined ? fail('This string is never closed.') : make('string', text, plainValue(text));
    case '"':
      text = take(patterns.quoted);
      if (text === undefined) return fail('This quoted name is never closed.');
      return make('quoted', text, text.slice(1, -1).replaceAll('""', '"'));
    case '$':
      text = take(patterns.dollarQuote);
      if (text !== undefined) return dollarString(sql, offset, text, make, fail);
      break;
    case '-':
      text = take(patterns.lineComment);
      if (text !== undefined) return make('comment', text);
      break;
    case '/':
      if (sql[offset + 1] !== '*') break;
      text = blockComment(sql, offset);
      return text === undefined ? fail('This comment is never closed.') : make('comment', text);
    case 'e':
    case 'E':
      if (sql[offset + 1] !== "'") break;
      text = take(patterns.escapeString);
      if (text === undefined) return fail('This string is never closed.');
      return readEscapes(text, make, fail);
    default:
  }
  if ((text = take(patterns.identifier)) !== undefined) return make('identifier', text);
  if ((text = take(patterns.number)) !== undefined) return make('number', text);
  return make('operator', take(patterns.operator) ?? '');
}

/** DuckDB stops at a NUL character wherever it stands, in comments and quotes too. */
function unreadable(sql: string, offset: number): Token {
  const value = 'The text holds a NUL character, where DuckDB stops reading.';
  return { kind: 'error', text: sql.slice(offset), value, offset };
}

function match(pattern: RegExp, sql: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(sql)?.[0];
}

function dollarString(
  sql: string,
  offset: number,
  tag: string,
  make: (kind: TokenKind, text: string, value: string) => Token,
  fail: (message: string) => Token,
): Token {
  const start = offset + tag.length;
  const end = sql.indexOf(tag, start);
  if (end < 0) return fail(`This string is never closed by ${tag}.`);
  return make('string', sql.slice(offset, end + tag.length), sql.slice(start, end));
}

/** Comments nest. */
function blockComment(sql: string, offset: number): string | undefined {
  const edges = patterns.commentEdge;
  edges.lastIndex = offset;
  let depth = 0;
  for (let edge = edges.exec(sql); edge; edge = edges.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return sql.slice(offset, edges.lastIndex);
  }
  return undefined;
}

// In one pass: the second of two quotes begins no joint, and neither does one behind a backslash.
const plainParts = new RegExp(`''|${joint}`, 'gu');
const escapedParts = new RegExp(`''|${joint}|\\\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([^]))`, 'gu');

function plainValue(text: string): string {
  return text.slice(1, -1).replace(plainParts, (part) => (part === "''" ? "'" : ''));
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** DuckDB's reader of `E'…'` has bytes below 128 only: it refuses every other one, and `\u` and `\U` too. */
function readEscapes(
  text: string,
  make: (kind: TokenKind, text: string, value: string) => Token,
  fail: (message: string) => Token,
): Token {
  let unread: string | undefined;
  const value = text.slice(2, -1).replace(escapedParts, (part, hex?: string, octal?: string, other?: string) => {
    if (part.startsWith("'")) return part === "''" ? "'" : '';
    if (other !== undefined) {
      if (other === 'u' || other === 'U' || other > '\x7f') unread ??= part;
      return escapes[other] ?? other;
    }
    // Of three octal digits the low eight bits count.
    const code = hex === undefined ? Number.parseInt(octal ?? '', 8) & 0xff : Number.parseInt(hex, 16);
    if (code === 0 || code > 0x7f) unread ??= part;
    return String.fromCharCode(code);
  });
  if (unread === undefined) return make('string', text, value);
  return fail(`DuckDB cannot read ${unread} in a string: write the character itself.`);
}
