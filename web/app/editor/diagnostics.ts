// Issues as the editor shows them: an underline with a note.
import type { Diagnostic } from '@codemirror/lint';
import type { Issue } from '../../../shared/errors.ts';

/** The issues that have a place, as diagnostics of a text of `length` UTF-16 units. One that covers nothing gets a unit. */
export function diagnosticsOf(issues: readonly Issue[], length: number): Diagnostic[] {
  return issues.flatMap((issue): Diagnostic[] => {
    if (!issue.place) return [];
    const to = Math.min(issue.place.endOffset, length);
    const from = Math.min(issue.place.offset, to);
    const span =
      from < to ? { from, to } : { from: Math.max(0, Math.min(from, length - 1)), to: Math.min(from + 1, length) };
    return [{ ...span, severity: issue.severity, message: issue.message, renderMessage: () => note(issue) }];
  });
}

function note(issue: Issue): Node {
  const element = document.createElement('div');
  element.append(issue.message);
  if (issue.hint !== undefined) {
    const hint = document.createElement('div');
    hint.className = 'cm-issue-hint';
    hint.textContent = issue.hint;
    element.append(hint);
  }
  return element;
}
