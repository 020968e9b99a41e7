// Words for what the YAML library complains about. Its own sentences are kept where they say enough.
import type { Document, YAMLError } from 'yaml';
import { problem, type Problem } from './problem.ts';

/** One mistake often causes a row of complaints; the first ones tell it. */
const most = 5;

export function explainYaml(document: Document.Parsed, body: string): Problem[] {
  const errors = firstOfEachLine(document.errors, body).map((error): Problem => {
    const [start, end] = error.pos;
    const hint = hintFor(error, body);
    return problem('document.syntax', 'error', sentence(error.message), { start, end }, hint);
  });
  const warnings = document.warnings.slice(0, most).map(({ message, pos: [start, end] }) => {
    return problem('document.syntax', 'warning', sentence(message), { start, end });
  });
  return [...errors, ...warnings];
}

/** What follows on the same line is most often caused by the first. */
function firstOfEachLine(errors: readonly YAMLError[], body: string): YAMLError[] {
  const kept: YAMLError[] = [];
  for (const error of errors) {
    const last = kept.at(-1);
    if (kept.length === most) break;
    if (!last || body.slice(last.pos[0], error.pos[0]).includes('\n')) kept.push(error);
  }
  return kept;
}

function hintFor({ code, message, pos }: YAMLError, body: string): string | undefined {
  const blank = indentingBlank(body, pos[1]);
  if (blank !== undefined) return blank;
  if (insideFlow(body, pos[0])) return flowHint;
  if (message.startsWith('Flow ')) return 'Is a bracket above never closed?';
  return hints[code];
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces: YAML does not allow tabs there.',
  BAD_INDENT: 'Lines of one list or map begin at the same column.',
  MULTILINE_IMPLICIT_KEY: 'Is a colon missing after a key, or a quote at the end of a text?',
  BLOCK_AS_IMPLICIT_KEY: 'Text with a colon and a space in it must stand in quotes.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  BAD_DQ_ESCAPE: 'Double the backslash, or use single quotes.',
};

/** What looks like a space in an indentation before the complaint, or in its line, and is none to YAML. */
function indentingBlank(body: string, offset: number): string | undefined {
  const end = body.indexOf('\n', offset);
  const lines = body.slice(0, end < 0 ? body.length : end).split('\n');
  for (const [index, line] of lines.entries()) {
    const char = /^[ -]*([\u00a0\u2000-\u200b\u202f\u205f\u3000])/.exec(line)?.[1];
    if (char === undefined) continue;
    const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const name = char === '\u00a0' ? 'a no-break space' : 'a blank';
    return `Line ${index + 1} is indented with ${name} (U+${code}), which is text to YAML: indent with spaces.`;
  }
  return undefined;
}

const flowHint = 'Inside of [ ] and { }, a parameter must stand in quotes: "${name}".';

/** Whether the complaint is about a brace of a `${name}`, which begins a map inside of brackets. */
function insideFlow(body: string, offset: number): boolean {
  const line = body.slice(body.lastIndexOf('\n', offset - 1) + 1, offset + 1);
  return /[[{,:]\s*[^'"]*\$\{[^'"]*$/.test(line);
}

function sentence(message: string): string {
  const [, quote] = /^Missing closing (['"])quote$/.exec(message) ?? [];
  if (quote !== undefined) return `A text in quotes is never closed: ${quote} is missing.`;
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
