// How a TOML string was typed (TOML 1.0, section String).
import type { Piece } from './spelling.ts';

const patterns = {
  continued: /\\[ \t]*\r?\n(?:[ \t]|\r?\n)*/y,
  code: /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y,
};

const escapes: Readonly<Record<string, string>> = {
  ...{ b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\x1b', '"': '"', '\\': '\\' },
};

/** Reads one piece of a string, with escapes in a basic one. Line breaks are `\n` unless the parser kept them. */
export function tomlPiece(basic: boolean, keepsReturns: boolean): (typed: string, at: number) => Piece {
  return (typed, at) => {
    const unit = typed[at] ?? '';
    if (!keepsReturns && unit === '\r' && typed[at + 1] === '\n') return { typed: 2, text: '\n' };
    if (!basic || unit !== '\\') return { typed: 1, text: unit };
    const continued = take(patterns.continued, typed, at);
    if (continued !== undefined) return { typed: continued.length, text: '' };
    const code = take(patterns.code, typed, at);
    if (code !== undefined)
      return { typed: code.length, text: String.fromCodePoint(Number.parseInt(code.slice(2), 16)) };
    return { typed: 2, text: escapes[typed[at + 1] ?? ''] ?? '' };
  };
}

function take(pattern: RegExp, typed: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(typed)?.[0];
}
