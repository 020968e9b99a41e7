// Which HTTP status says an issue.
import type { Issue, IssueCode } from '../../shared/errors.ts';

const statuses = {
  'key.missing': 401,
  'key.invalid': 401,
  'key.throttled': 429,
  'run.forbidden': 403,
  'run.unknown': 404,
  'queue.full': 429,
  'queue.closing': 503,
  'protocol.limit': 413,
  'protocol.invalid': 400,
  'protocol.version': 400,
  'secret.not_found': 422,
  'run.limit': 422,
} as const satisfies Partial<Record<IssueCode, number>>;

export type FailureStatus = (typeof statuses)[keyof typeof statuses] | 422 | 500;

export function statusOf({ code }: Issue): FailureStatus {
  if (code in statuses) return statuses[code as keyof typeof statuses];
  return /^(document|parameter|stage|sql)\./.test(code) ? 422 : 500;
}

/** Headers that say when to try again, where that helps. */
export function retryHeaders({ code, hint }: Issue): Record<string, string> {
  if (code === 'key.throttled') return { 'Retry-After': /\d+/.exec(hint ?? '')?.[0] ?? '60' };
  return code === 'queue.full' || code === 'queue.closing' ? { 'Retry-After': '5' } : {};
}
