// Secret values are hidden in everything that is shown: messages, events, what is serialized.

/** A text in which every secret is `***`. */
export type Mask = (text: string) => string;

/**
 * UTF-16 units of a line of a secret that is hidden by itself, and of a secret that is hidden in any case, for DuckDB
 * writes names in lower case; what is shorter is too common.
 */
const shortestLine = 8;

/** UTF-16 units of a secret that are hidden before or after a mark that says that text was cut there. */
const shortestPart = 4;

/**
 * Hides values, also as they look inside of SQL quotes, JSON, addresses and connection strings, with other white space,
 * line by line, and what is left of one beside `…` and `...`. Texts are to be masked before they are shortened.
 */
export function maskOf(secrets: Iterable<string>): Mask {
  const spellings = new Set([...secrets].flatMap(piecesOf).flatMap(spellingsOf));
  if (spellings.size === 0) return (text) => text;
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  const long = patternOf(longestFirst, (length) => length >= shortestLine, 'gi');
  const short = patternOf(longestFirst, (length) => length < shortestLine, 'g');
  return (text) => maskCuts(text.replace(long, '***').replace(short, '***'), longestFirst);
}

/** The value as it is, with its white space collapsed, and its lines where it has several. */
function piecesOf(value: string): string[] {
  const lines = value.split(/[\n\r\u2028\u2029]+/).map((line) => line.trim());
  const long = lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : [];
  return [value, value.trim(), value.trim().replace(/\s+/g, ' '), ...long];
}

function spellingsOf(value: string): string[] {
  const wellFormed = value.toWellFormed();
  return [
    value,
    value.replaceAll("'", "''"),
    value.replaceAll('"', '""'),
    value.replaceAll('\\', '\\\\').replaceAll("'", "''"),
    value.replaceAll('}', '}}'),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(wellFormed),
    encodeURI(wellFormed),
  ].filter((spelling) => spelling !== '');
}

/** Any white space stands for that between the words of a secret. */
function patternOf(spellings: readonly string[], ofLength: (length: number) => boolean, flags: string): RegExp {
  const patterns = spellings
    .filter(({ length }) => ofLength(length))
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/(?<=\S)\s+(?=\S)/g, '\\s+'));
  return patterns.length === 0 ? nothing : new RegExp(patterns.join('|'), flags);
}

/** Matches nowhere. */
const nothing = /(?!)/g;

/** Hides what a cut has left of a secret, by us or by DuckDB: its beginning before the mark, its end after it. */
function maskCuts(text: string, spellings: readonly string[]): string {
  const pieces = text.split(/(…|\.{3})/);
  if (pieces.length === 1) return text;
  const hidden = pieces.map((piece, index) => {
    if (index % 2 === 1) return piece;
    const end = index === pieces.length - 1 ? 0 : longest(spellings, (spelling) => beginningAt(piece, spelling));
    const start = index === 0 ? 0 : longest(spellings, (spelling) => endAt(piece, spelling));
    if (start + end >= piece.length && start + end > 0) return '***';
    const [before, after] = [start > 0 ? '***' : '', end > 0 ? '***' : ''];
    return before + piece.slice(start, piece.length - end) + after;
  });
  return hidden.join('');
}

function longest(spellings: readonly string[], lengthOf: (spelling: string) => number): number {
  return spellings.reduce((most, spelling) => Math.max(most, lengthOf(spelling)), 0);
}

/** How much of the beginning of a secret stands at the end of a text. */
function beginningAt(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length); length >= shortestPart; length--) {
    if (isSame(text.at(-1), secret[length - 1]) && isSame(text.slice(-length), secret.slice(0, length))) return length;
  }
  return 0;
}

/** How much of the end of a secret stands at the beginning of a text. */
function endAt(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length); length >= shortestPart; length--) {
    if (isSame(text[0], secret.at(-length)) && isSame(text.slice(0, length), secret.slice(-length))) return length;
  }
  return 0;
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === other || one?.toLowerCase() === other?.toLowerCase();
}
