// How a YAML scalar was typed (YAML 1.2.2, chapters 7.3 and 8.1).
import type { Spelling } from './tree.ts';
import { align, decode, somewhere, verbatim, type Piece } from './spelling.ts';

export type Style = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | 'BLOCK_LITERAL' | 'BLOCK_FOLDED';

export interface TypedScalar {
  readonly body: string;
  readonly start: number;
  readonly end: number;
  readonly style: Style;
}

export function yamlSpelling({ body, start, end, style }: TypedScalar, value: string): Spelling {
  const typed = body.slice(start, end);
  if (typed === value) return verbatim(start, value.length);
  return spellingOf(typed, start, style, value) ?? somewhere(start, end);
}

function spellingOf(typed: string, start: number, style: Style, value: string): Spelling | undefined {
  switch (style) {
    case 'PLAIN':
      return align(typed, start, value);
    case 'QUOTE_SINGLE':
      return align(typed.slice(1, -1), start + 1, value, "'");
    case 'QUOTE_DOUBLE':
      return decode(typed.slice(1, -1), start + 1, value, doubleQuoted);
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED': {
      const header = typed.indexOf('\n') + 1 || typed.length;
      return align(typed.slice(header), start + header, value);
    }
  }
}

const patterns = {
  code: /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y,
  continued: /\\\r?\n[ \t]*/y,
  fold: /[ \t]*\r?\n(?:[ \t]|\r?\n)*/y,
};

const escapes: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
};

function doubleQuoted(typed: string, at: number): Piece {
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(typed)?.[0];
  };
  const unit = typed[at] ?? '';
  if (unit === '\\') {
    const continued = take(patterns.continued);
    if (continued !== undefined) return { typed: continued.length, text: '' };
    const code = take(patterns.code);
    if (code !== undefined)
      return { typed: code.length, text: String.fromCodePoint(Number.parseInt(code.slice(2), 16)) };
    return { typed: 2, text: escapes[typed[at + 1] ?? ''] ?? '' };
  }
  const fold = take(patterns.fold);
  if (fold === undefined) return { typed: 1, text: unit };
  const breaks = fold.split('\n').length - 1;
  return { typed: fold.length, text: breaks === 1 ? ' ' : '\n'.repeat(breaks - 1) };
}
