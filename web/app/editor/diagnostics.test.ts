import { describe, expect, it } from 'vitest';
import type { Issue } from '../../../shared/errors.ts';
import { diagnosticsOf } from './diagnostics.ts';

function issue(offset: number, endOffset: number): Issue {
  const place = { line: 1, column: offset + 1, endLine: 1, endColumn: endOffset + 1, offset, endOffset };
  return { code: 'document.invalid', severity: 'error', message: 'Wrong.', place };
}

describe('diagnostics', () => {
  it('stand where the issue is', () => {
    expect(diagnosticsOf([issue(3, 7)], ' '.repeat(20))).toMatchObject([
      { from: 3, to: 7, severity: 'error', message: 'Wrong.' },
    ]);
  });

  it('leave out what has no place', () => {
    expect(diagnosticsOf([{ code: 'internal', severity: 'error', message: 'Elsewhere.' }], ' '.repeat(20))).toEqual([]);
  });

  it.each([
    ['an empty stretch', issue(3, 3), 20, [3, 4]],
    ['the end of the text', issue(20, 20), 20, [19, 20]],
    ['a text that has become shorter', issue(15, 18), 4, [3, 4]],
    ['an empty text', issue(0, 0), 0, [0, 0]],
  ] as const)('stay inside the text: %s', (_name, given, length, [from, to]) => {
    expect(diagnosticsOf([given], ' '.repeat(length))).toMatchObject([{ from, to }]);
  });
});
