// An issue as a person reads it: what it is, the line as it was typed with a caret under the place, hint and cause.
import type { Issue } from '../../shared/errors.ts';
import { plain, type Paint } from './paint.ts';
import { oneLine, severalLines } from './safe.ts';
import { widthOf } from './width.ts';

/** The text that places point into, and what it is called. */
export interface QuotedText {
  readonly name: string;
  readonly text: string;
}

/** Characters of a quoted line that are shown at most, around the place. */
const mostQuoted = 160;

const shades = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** Lines that end in a newline. Without a quoted text, the place is left out: there is nothing that it points into. */
export function diagnosticText(issue: Issue, quoted?: QuotedText, paint: Paint = plain): string {
  const shade = shades[issue.severity];
  const title = `${paint(shade, `${issue.severity}[${issue.code}]`)}: ${paint('bold', severalLines(issue.message))}`;
  const [place, gutter] = quoted && issue.place ? placeLines(issue.place, quoted, shade, paint) : [[], ' '];
  const notes = [
    ...(issue.hint === undefined ? [] : [note('hint', issue.hint, gutter, paint)]),
    ...(issue.cause === undefined || issue.cause === issue.message ? [] : [note('cause', issue.cause, gutter, paint)]),
  ];
  return [title, ...place, ...notes].map((line) => `${line}\n`).join('');
}

function note(word: string, text: string, gutter: string, paint: Paint): string {
  const indent = `\n${gutter}${' '.repeat(word.length + 5)}`;
  return `${gutter} ${paint('blue', '=')} ${word}: ${severalLines(text).replaceAll('\n', indent)}`;
}

function placeLines(
  { line, column, endLine, endColumn }: NonNullable<Issue['place']>,
  { name, text }: QuotedText,
  shade: 'red' | 'yellow' | 'cyan',
  paint: Paint,
): [string[], string] {
  const typed = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)[line - 1] ?? '';
  const end = endLine > line ? typed.length + 1 : endColumn;
  const from = Math.max(0, Math.min(column - 1 - mostQuoted / 2, typed.length - mostQuoted));
  const part = (start: number, stop: number): string => shown(typed.slice(Math.max(from, start), stop));
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const bar = paint('blue', '|');
  const before = (from > 0 ? '…' : '') + part(from, column - 1);
  const carets = '^'.repeat(Math.max(1, Math.min(widthOf(part(column - 1, end - 1)), mostQuoted)));
  const rest = part(column - 1, from + mostQuoted) + (typed.length > from + mostQuoted ? '…' : '');
  return [
    [
      `${gutter}${paint('blue', '-->')} ${oneLine(name)}:${line}:${column}`,
      `${gutter} ${bar}`,
      `${paint('blue', number)} ${bar} ${before}${rest}`,
      `${gutter} ${bar} ${' '.repeat(widthOf(before))}${paint(shade, carets)}`,
    ],
    gutter,
  ];
}

function shown(text: string): string {
  return oneLine(text.replaceAll('\t', '  '));
}
