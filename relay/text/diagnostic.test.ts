import { describe, expect, it } from 'vitest';
import type { Issue } from '../../shared/errors.ts';
import { SourceText } from '../../shared/pipeline/syntax/text.ts';
import { diagnosticText } from './diagnostic.ts';
import { coloured } from './paint.ts';

function issueAt(text: string, word: string, more: Partial<Issue> = {}): Issue {
  const start = text.replace(/^\uFEFF/, '').indexOf(word);
  const place = new SourceText(text).place({ start, end: start + word.length });
  return { code: 'sql.binding', severity: 'error', message: 'No such thing.', place, ...more };
}

describe('a diagnostic', () => {
  it('quotes the line with carets under the place, then hint and cause', () => {
    const text = 'one\ntwo three\nfour';
    const issue = issueAt(text, 'three', { hint: 'Try 3.', cause: 'engine:\nno three' });
    expect(diagnosticText(issue, { name: 'p.yml', text })).toBe(`error[sql.binding]: No such thing.
 --> p.yml:2:5
  |
2 | two three
  |     ^^^^^
  = hint: Try 3.
  = cause: engine:
           no three
`);
  });

  it.each([
    ['wide characters', 'x: 日本 word', 'word'],
    ['tabs', '\tx:\tword', 'word'],
    ['a byte order mark', '\uFEFFx: word', 'word'],
    ['what would take no column', 'e\u0301: word', 'word'],
    ['a long line', `${'x '.repeat(500)}word${' y'.repeat(500)}`, 'word'],
  ])('carets stand under the place after %s', (_name, text, word) => {
    const [, , , quoted = '', carets = ''] = diagnosticText(issueAt(text, word), { name: 'p', text }).split('\n');
    const columns = (part: string): number =>
      Array.from(part).reduce(
        (sum, each) => sum + (/\p{Mn}/u.test(each) ? 0 : /\p{Script=Han}/u.test(each) ? 2 : 1),
        0,
      );
    expect(columns(quoted.slice(0, quoted.indexOf(word)))).toBe(carets.indexOf('^'));
    expect(carets.trimEnd()).toHaveLength(carets.indexOf('^') + word.length);
    expect(quoted.length).toBeLessThan(200);
  });

  it('does without a place, and without a text that the place points into', () => {
    expect(diagnosticText(issueAt('a', 'a'))).toBe('error[sql.binding]: No such thing.\n');
    const issue: Issue = { code: 'file.failed', severity: 'warning', message: 'Hm.' };
    expect(diagnosticText(issue, { name: 'p', text: 'a' })).toBe('warning[file.failed]: Hm.\n');
  });

  it('lets nothing of a stranger control the terminal', () => {
    const text = 'a \u001b[2J\u0007b';
    const issue = issueAt(text, 'b', { message: 'x\u001b]0;t\u0007', hint: '\r\u009b1m', cause: '\u202ecba' });
    expect(diagnosticText(issue, { name: 'p\u001b.yml', text }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('has colours where they are wanted', () => {
    expect(diagnosticText(issueAt('a', 'a'), { name: 'p', text: 'a' }, coloured)).toContain('\u001b[31m^\u001b[0m');
  });
});
