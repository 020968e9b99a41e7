// Conditional requests (RFC 9110, section 13): what the client has already need not be sent again.
import type { PageFile } from './page-file.ts';

/** Whether the client has the file as it is. */
export function isUnchanged(request: Headers, { tag, modified }: PageFile): boolean {
  const tags = request.get('If-None-Match');
  if (tags !== null) {
    return tags.trim() === '*' || tags.split(',').some((known) => known.trim().replace(/^W\//, '') === tag);
  }
  const since = Date.parse(request.get('If-Modified-Since') ?? '');
  return seconds(modified) <= Math.trunc(since / 1000); // false for no date and for one that is none
}

/** Whether a range may be sent: always, or with `If-Range` only of the file as the client knows it. */
export function mayUseRange(request: Headers, { tag, modified }: PageFile): boolean {
  const condition = request.get('If-Range')?.trim();
  return condition === undefined || condition === tag || seconds(modified) === Date.parse(condition) / 1000;
}

/** HTTP's dates have no fractions of seconds. */
function seconds(date: Date): number {
  return Math.trunc(date.getTime() / 1000);
}
