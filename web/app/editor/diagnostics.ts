// Issues as the editor shows them: an underline with a note, and a button for what would mend it.
import type { Action, Diagnostic } from '@codemirror/lint';
import type { Issue } from '../../../shared/errors.ts';
import { fixesOf } from './fixes.ts';

/** The issues that have a place, as diagnostics of a text. One that covers nothing gets a unit. */
export function diagnosticsOf(issues: readonly Issue[], text: string): Diagnostic[] {
  const { length } = text;
  return issues.flatMap((issue): Diagnostic[] => {
    if (!issue.place) return [];
    const to = Math.min(issue.place.endOffset, length);
    const from = Math.min(issue.place.offset, to);
    const span =
      from < to ? { from, to } : { from: Math.max(0, Math.min(from, length - 1)), to: Math.min(from + 1, length) };
    const actions = fixesOf(issue, text.slice(from, to)).map(({ name, replacement }): Action => ({
      name,
      apply: (view, start, end) => {
        view.dispatch({
          changes: { from: start, to: end, insert: replacement },
          selection: { anchor: start + replacement.length },
          userEvent: 'input.fix',
        });
        view.focus();
      },
    }));
    const { severity, message } = issue;
    return [{ ...span, severity, message, actions, renderMessage: () => note(issue) }];
  });
}

/** An issue in words, for those who listen. */
export function spoken({ severity, message }: Pick<Issue, 'severity' | 'message'>): string {
  const kind = { error: 'Error', warning: 'Warning', info: 'Note' }[severity];
  return `${kind}: ${message}`;
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
