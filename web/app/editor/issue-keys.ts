// From issue to issue by key, and mending what stands at the cursor. What is reached is said aloud.
import {
  forEachDiagnostic,
  nextDiagnostic,
  openLintPanel,
  previousDiagnostic,
  type Diagnostic,
} from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { spoken } from './diagnostics.ts';

export const issueKeys: Extension = keymap.of([
  { key: 'F8', run: (view) => goToIssue(view, 'next'), preventDefault: true },
  { key: 'Shift-F8', run: (view) => goToIssue(view, 'previous'), preventDefault: true },
  { key: 'Mod-.', run: mend, preventDefault: true },
  { key: 'Mod-Shift-m', run: openLintPanel, preventDefault: true },
]);

/** Selects the next or previous issue, around the ends of the text. */
export function goToIssue(view: EditorView, direction: 'next' | 'previous'): boolean {
  const moved = (direction === 'next' ? nextDiagnostic : previousDiagnostic)(view);
  const [found] = diagnosticsAt(view);
  if (found) view.dispatch({ effects: EditorView.announce.of(wordsOf(found)) });
  return moved;
}

/** Mends the issue at the cursor where just one thing would; else lists the issues. */
function mend(view: EditorView): boolean {
  const fixes = diagnosticsAt(view).flatMap(({ actions = [], from, to }) =>
    actions.map((action) => ({ action, from, to })),
  );
  const [only, ...others] = fixes;
  if (!only || others.length > 0) return openLintPanel(view);
  only.action.apply(view, only.from, only.to);
  view.dispatch({ effects: EditorView.announce.of(`${only.action.name}: done.`) });
  return true;
}

/** The issues that touch the cursor, with their places as they are now. */
function diagnosticsAt(view: EditorView): Diagnostic[] {
  const { from: start, to: end } = view.state.selection.main;
  const found: Diagnostic[] = [];
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    if (from <= end && to >= start) found.push({ ...diagnostic, from, to });
  });
  return found;
}

function wordsOf({ severity, message, actions = [] }: Diagnostic): string {
  const said = spoken({ severity: severity === 'hint' ? 'info' : severity, message });
  const fixes = actions.map(({ name }) => name).join(', ');
  return fixes === '' ? said : `${said} ${fixes}: Control with full stop.`;
}
