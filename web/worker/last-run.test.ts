import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { LastRun, withNotice } from './last-run.ts';

describe('what the last run has left', () => {
  it('is released once, and a release that fails is told and does not stand in the way of later runs', async () => {
    const last = new LastRun();
    let releases = 0;
    last.keep({
      dialect: 'duckdb',
      mask: (text) => text.replace('tok_9f8e', '***'),
      release: () => {
        releases++;
        return Promise.reject(failure('sql.failed', 'It is in use by tok_9f8e.'));
      },
    });
    expect(await last.release()).toMatchObject({ severity: 'warning', cause: 'It is in use by ***.' });
    expect(await last.release()).toBeUndefined();
    expect(releases).toBe(1);
  });

  it('is told of after the first event of the run, whose events stay without gaps', () => {
    const seen: RunEvent[] = [];
    const emit = withNotice((event) => seen.push(event), { code: 'internal', severity: 'warning', message: 'left' });
    emit({ type: 'run_started', sequence: 0 });
    emit({ type: 'run_completed', durationMs: 1, sequence: 1 });
    expect(seen.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['run_started', 0],
      ['notice', 1],
      ['run_completed', 2],
    ]);
  });
});
