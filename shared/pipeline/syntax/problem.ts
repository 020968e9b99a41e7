// What a parser hands back, before offsets become places.
import type { IssueCode, Severity } from '../../errors.ts';
import type { Span } from './text.ts';
import type { Entry, Node } from './tree.ts';
import { repeatedKeys } from './tree.ts';

export interface Problem extends Span {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
}

/** A tree when the text has no errors; a tree may come with warnings. */
export interface Parsed {
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** An error that makes the text unreadable. */
export function syntaxError(message: string, span: Span, hint?: string): Problem {
  return problem('document.syntax', 'error', message, span, hint);
}

/** A problem at a stretch of the text. */
export function problem(
  code: IssueCode,
  severity: Severity,
  message: string,
  { start, end }: Span,
  hint?: string,
): Problem {
  return { code, severity, message, start, end, ...(hint === undefined ? {} : { hint }) };
}

/** An error for every key that is given twice in one map. */
export function duplicateKeys(entries: readonly Entry[]): Problem[] {
  return repeatedKeys(entries).map((key) =>
    syntaxError(`The key \`${key.value}\` is given twice.`, key, 'Keep one of the two.'),
  );
}
