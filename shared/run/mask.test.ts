import { expect, it } from 'vitest';
import { maskOf } from '../pipeline/parameters/secrets.ts';
import { masked } from './mask.ts';

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
