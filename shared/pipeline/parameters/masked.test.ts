import { expect, it } from 'vitest';
import { maskOf } from './secrets.ts';
import { failure } from '../../errors.ts';
import { masked, maskedError } from './masked.ts';

it('hides a secret in every text of an event, and leaves words of the protocol and bytes alone', () => {
  const bytes = new Uint8Array([1, 2]);
  const event = {
    type: 'notice',
    issue: { code: 'run.no_output', message: 'no notice of run', path: ['stages', 0, 'notice'] },
    batches: [bytes],
    rows: 1,
  };
  expect(masked(event, maskOf(['notice', 'run']))).toEqual({
    type: 'notice',
    issue: { code: 'run.no_output', message: 'no *** of ***', path: ['stages', 0, '***'] },
    batches: [bytes],
    rows: 1,
  });
});

it('what is told of an error with a value of the data tells no secret, and not the value by itself', () => {
  const misfit = { relation: 'tok_9f8e', column: 'a', type: 'DATE', text: 'tok_9f8e7d6c' };
  const error = failure('file.corrupt', 'a.csv has "tok_9f8e7d6c".', {
    misfit,
    hint: 'Mend tok_9f8e7d6c.',
    path: ['tok_9f8e7d6c'],
  });
  const { issue, cause } = maskedError(error, maskOf(['tok_9f8e7d6c']));
  expect(issue).toEqual({
    ...{ code: 'file.corrupt', severity: 'error', message: 'a.csv has "***".', hint: 'Mend ***.', path: ['***'] },
  });
  expect(cause).toBeUndefined();
  expect(masked(error.issue, maskOf(['tok_9f8e7d6c'])).misfit?.text).toBe('***');
});
