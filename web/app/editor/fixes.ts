// What an issue's own words say to write instead: "Did you mean `x`?", "`a` is read as `b`."
import type { Issue } from '../../../shared/errors.ts';
import { quoteIdentifier } from '../../../shared/sql/quote.ts';

export interface Fix {
  /** What it does, in words. */
  readonly name: string;
  /** What to put where the issue stands. */
  readonly replacement: string;
}

const guess = /^Did you mean (.+)\?$/;
const asked = /(["`])((?:(?!\1).)+)\1/g;
const alias = /^(["`])(.+?)\1 is read as (["`])(.+?)\3\.$/;

/** The fixes of an issue, the likeliest first. `typed` is what stands at its place. */
export function fixesOf(issue: Issue, typed: string): readonly Fix[] {
  if (typed === '' || typed.includes('\n')) return [];
  const read = issue.code === 'document.alias' ? alias.exec(issue.message)?.[4] : undefined;
  const meant = guess.exec(issue.hint ?? '')?.[1];
  const names = read === undefined ? [...(meant?.matchAll(asked) ?? [])].map(({ 2: name = '' }) => name) : [read];
  return names.map((name) => ({
    name: `${read === undefined ? 'Change to' : 'Write'} ${name}`,
    replacement: spelled(name, typed, issue.code.startsWith('sql.')),
  }));
}

/** In the quotes that the text has there; names in SQL in quotes where they need them. */
function spelled(name: string, typed: string, isSql: boolean): string {
  const quote = /^["'`]/.exec(typed)?.[0];
  if (quote !== undefined && typed.endsWith(quote) && typed.length > 1) return quote + name + quote;
  const isPlain = name.split('.').every((part) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(part));
  return isSql && !isPlain ? quoteIdentifier(name) : name;
}
