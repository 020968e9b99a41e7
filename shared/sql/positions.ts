// Turns the position in a DuckDB error into a UTF-16 offset. Measured on v1.5.6: its parser counts code points, its
// binder and executor count bytes of UTF-8, and both count in a text where each Unicode space is one byte long.
import { scan, unicodeSpaces } from './tokens.ts';

/** The offset of the code point with this number, at most the length of the text. */
export function offsetOfCodePoint(sql: string, position: number): number {
  let offset = 0;
  for (let count = 0; count < position && offset < sql.length; count++) offset += unitsAt(sql, offset);
  return offset;
}

/** The offset of the character in which this byte lies, at most the length of the text. */
export function offsetOfByte(sql: string, position: number): number {
  const replaced = new Set(replacedSpaces(sql));
  let [offset, bytes] = [0, 0];
  while (offset < sql.length) {
    bytes += replaced.has(offset) ? 1 : bytesAt(sql, offset);
    if (bytes > position) return offset;
    offset += unitsAt(sql, offset);
  }
  return offset;
}

function unitsAt(sql: string, offset: number): number {
  return (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}

function bytesAt(sql: string, offset: number): number {
  const code = sql.codePointAt(offset) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

const space = new RegExp(`[${unicodeSpaces}]`, 'gu');

/** Offsets of the Unicode spaces that DuckDB replaces: those between tokens and in block comments. */
function* replacedSpaces(sql: string): Generator<number, void, void> {
  const matches = [...sql.matchAll(space)].map((match) => match.index);
  if (matches.length === 0) return;
  const kept = [...scan(sql)].filter((token) => !token.text.startsWith('/*'));
  for (const index of matches) {
    if (!kept.some((token) => token.offset <= index && index < token.offset + token.text.length)) yield index;
  }
}
