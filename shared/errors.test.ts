import { expect, it } from 'vitest';
import { boundIssue, issueLimits, type Issue } from './errors.ts';

it('holds every text of an issue to its largest size, and shows where it was cut', () => {
  const long = 'x'.repeat(1_000_000);
  const path = Array.from({ length: 1000 }, () => long);
  const issue: Issue = { code: 'sql.failed', severity: 'error', message: long, hint: long, cause: long, path };
  const { message, hint, cause, path: steps } = boundIssue({ ...issue, query: { sql: long, offset: 500_000 } });
  expect([message.length, hint?.length, cause?.length]).toEqual([
    issueLimits.message,
    issueLimits.hint,
    issueLimits.cause,
  ]);
  for (const text of [message, hint, cause, steps?.[0]]) expect(text).toMatch(/x…$/);
  expect(steps).toHaveLength(issueLimits.steps);
});

it.each([0, 10, 499_999, 999_990, 1_000_000])('keeps what a query has around its offset %i', (offset) => {
  const sql = `${'a'.repeat(offset)}!${'b'.repeat(1_000_000 - offset)}`;
  const { query } = boundIssue({ code: 'sql.failed', severity: 'error', message: '', query: { sql, offset } });
  expect(query?.sql.length).toBeLessThanOrEqual(issueLimits.sql);
  expect(query?.sql[query.offset]).toBe('!');
});

it('leaves what is short as it is, and cuts no character in two', () => {
  const issue: Issue = { code: 'internal', severity: 'error', message: 'a', query: { sql: 'SELECT', offset: 3 } };
  expect(boundIssue(issue)).toEqual(issue);
  const { message } = boundIssue({ ...issue, message: '😀'.repeat(5000) });
  expect(message.isWellFormed()).toBe(true);
});
