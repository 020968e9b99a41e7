// What the checking Worker answers, apart from how messages travel.
import { load } from '../../../shared/pipeline/load.ts';
import type { Checked, CheckRequest } from './messages.ts';

const unreadable: readonly string[] = ['document.syntax', 'document.limit'];

/** Checks a text as a run would, without running it; never throws. */
export function checkText({ text, parameters }: CheckRequest): Checked {
  const loaded = load(text, parameters);
  const readable = !loaded.issues.some(({ code }) => unreadable.includes(code));
  return { syntax: loaded.syntax, issues: loaded.issues, parameters: readable ? loaded.parameters : undefined };
}
