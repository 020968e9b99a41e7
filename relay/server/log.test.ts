import { expect, it } from 'vitest';
import { failure } from '../../shared/errors.ts';
import { maskOfAll, openLog, thrownFields } from './log.ts';

it('tells no secret, wherever in a line it would stand', () => {
  const lines: string[] = [];
  const log = openLog('info', 'test', maskOfAll(['tok_9f8e7d6c']), { write: (line) => void lines.push(line) });
  const { issue } = failure('file.corrupt', 'a tok_9f8e7d6c', {
    misfit: { relation: 'r', column: 'c', type: 'DATE', text: 'tok_9f8e7d6c' },
    path: ['tok_9f8e7d6c'],
    cause: 'tok_9f8e7d6c',
  });
  log.warn({ issue }, issue.message);
  log.warn(issue.message);
  log.error(thrownFields(new TypeError('no tok_9f8e7d6c here')), 'request failed');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain('tok_9f8e');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['a ***', 'a ***', 'request failed']);
  expect(lines[2]).toContain('log.test.ts'); // where it was thrown
});
