// How test reports become counts, and when a skipped test is a failure.
import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from '../../scripts/suites/reports.mjs';
import { summary, verdict } from '../../scripts/suites/result.mjs';
import { judgeSkips } from '../../scripts/suites/skips.mjs';

describe('readVitest', () => {
  const file = (status: string, ...tests: [status: string, fullName: string][]) => ({
    name: 'a.test.ts',
    status,
    assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
  });

  it('counts tests over all files', () => {
    const testResults = [
      file('passed', ['passed', 'a b'], ['skipped', 'a c']),
      file('failed', ['failed', 'd'], ['todo', 'e']),
    ];
    expect(readVitest({ testResults })).toEqual({ passed: 1, failed: 1, skipped: ['a c', 'e'] });
  });

  it('counts a file that could not be loaded as one failure', () => {
    expect(readVitest({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1, skipped: [] });
  });
});

describe('readPlaywright', () => {
  it('counts tests at every depth and names skipped ones in full', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const inner = { title: 'the page', specs: [spec('runs', 'expected'), spec('waits', 'skipped')] };
    const report = { suites: [{ title: 'page.spec.ts', specs: [spec('fails', 'unexpected')], suites: [inner] }] };
    expect(readPlaywright(report)).toEqual({ passed: 1, failed: 1, skipped: ['page.spec.ts › the page › waits'] });
  });

  it('counts a flaky test as failed, and errors outside tests too', () => {
    const report = { suites: [{ title: 'a', specs: [{ title: 'b', tests: [{ status: 'flaky' }] }] }], errors: [{}] };
    expect(readPlaywright(report)).toEqual({ passed: 0, failed: 2, skipped: [] });
  });
});

describe('judgeSkips', () => {
  it('makes a skipped test without a reason a failure and names it', () => {
    const skipped = ['known', 'a suite of several', 'known-not', 'unknown'];
    const reason = 'needs the conformance data';
    const skips = ['known', 'a suite'].map((test) => ({ test, reason }));
    expect(judgeSkips({ name: 'unit', seconds: 1, passed: 3, failed: 0, skipped }, skips)).toEqual({
      result: { name: 'unit', seconds: 1, passed: 3, failed: 2, skipped: ['known', 'a suite of several'] },
      unexplained: ['known-not', 'unknown'],
    });
  });
});

describe('summary', () => {
  it('ends with the sum alone on its line', () => {
    const unit = { name: 'unit', seconds: 12.34, passed: 40, failed: 1, skipped: ['a'] };
    expect(summary([verdict('lint', { code: 0, seconds: 3 }), unit])).toEqual([
      'lint     3.0 s  ok',
      'unit    12.3 s  FAILED  40 passed, 1 failed, 1 skipped',
      '',
      '41 passed, 1 failed, 1 skipped',
    ]);
  });
});
