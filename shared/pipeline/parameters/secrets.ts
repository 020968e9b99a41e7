// Secret values are hidden in everything that is shown: messages, events, what is serialized.
import type { Issue } from '../../errors.ts';

/** A text in which every secret is `***`. */
export type Mask = (text: string) => string;

/** Hides values, also as they look inside of SQL quotes, JSON, addresses and connection strings. */
export function maskOf(secrets: Iterable<string>): Mask {
  const spellings = new Set([...secrets].filter((value) => value !== '').flatMap(spellingsOf));
  if (spellings.size === 0) return (text) => text;
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g');
  return (text) => text.replace(pattern, '***');
}

function spellingsOf(value: string): string[] {
  const wellFormed = value.toWellFormed();
  return [
    value,
    value.trim(),
    value.replaceAll("'", "''"),
    value.replaceAll('"', '""'),
    value.replaceAll('\\', '\\\\').replaceAll("'", "''"),
    value.replaceAll('}', '}}'),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(wellFormed),
    encodeURI(wellFormed),
  ].filter((spelling) => spelling !== '');
}

/** An issue whose texts are masked. */
export function maskIssue(issue: Issue, mask: Mask): Issue {
  const { message, hint, cause, query } = issue;
  return {
    ...issue,
    message: mask(message),
    ...(hint === undefined ? {} : { hint: mask(hint) }),
    ...(cause === undefined ? {} : { cause: mask(cause) }),
    ...(query === undefined ? {} : { query: { ...query, sql: mask(query.sql) } }),
  };
}
