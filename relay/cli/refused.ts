// What ends a command: issues in a text that the user gave.
import type { Issue } from '../../shared/errors.ts';
import type { QuotedText } from '../text/diagnostic.ts';

/** Thrown with issues that point into a text; the command prints them all and fails. */
export class Refused extends Error {
  readonly issues: readonly Issue[];
  readonly quoted: QuotedText;

  constructor(issues: readonly Issue[], quoted: QuotedText) {
    super(issues[0]?.message ?? 'The text is refused.');
    this.name = 'Refused';
    this.issues = issues;
    this.quoted = quoted;
  }
}
