import { describe, expect, it } from 'vitest';
import type { Issue } from '../../../shared/errors.ts';
import { load } from '../../../shared/pipeline/load.ts';
import { fixesOf } from './fixes.ts';

function issue(details: Partial<Issue>): Issue {
  return { code: 'document.unknown_field', severity: 'warning', message: 'Unknown.', ...details };
}

describe('fixes', () => {
  it.each<[string, Partial<Issue>, string, readonly string[]]>([
    ['a field', { hint: 'Did you mean `show`?' }, 'shwo', ['show']],
    ['a field in quotes', { hint: 'Did you mean `show`?' }, '"shwo"', ['"show"']],
    ['a column', { code: 'sql.binding', hint: 'Did you mean "city"?' }, 'ctiy', ['city']],
    ['several columns', { code: 'sql.binding', hint: 'Did you mean "a" or "b c"?' }, 'x', ['a', '"b c"']],
    ['a column of a relation', { code: 'sql.binding', hint: 'Did you mean "t.a"?' }, 'x', ['t.a']],
    ['an older spelling', { code: 'document.alias', message: '`dir` is read as `directory`.' }, 'dir', ['directory']],
    ['nothing without a guess', { hint: 'Give it a value, or remove the field.' }, 'x', []],
    ['nothing where nothing stands', { hint: 'Did you mean `show`?' }, '', []],
    ['nothing over several lines', { hint: 'Did you mean `show`?' }, 'a\nb', []],
  ])('%s', (_name, details, typed, expected) => {
    expect(fixesOf(issue(details), typed).map(({ replacement }) => replacement)).toEqual(expected);
  });

  it('mend what the check of a text finds', () => {
    const text =
      'sources:\n  - type: File\n    nmae: a\n    name: b\n    location: x\n    format: {type: csv}\nstages: []\n';
    const mended = load(text, {}).issues.flatMap((found) => {
      const { offset = 0, endOffset = 0 } = found.place ?? {};
      return fixesOf(found, text.slice(offset, endOffset)).map(({ name }) => name);
    });
    expect(mended).toContain('Write file');
  });
});
