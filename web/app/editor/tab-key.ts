// Tab belongs to the keyboard user until they really type: then it indents, and Escape gives it back.
import { indentWithTab } from '@codemirror/commands';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

export const tabKey: Extension = [
  keymap.of([indentWithTab]),
  EditorView.domEventHandlers({
    focus: (_event, view) => leaveTabAlone(view),
    blur: (_event, view) => leaveTabAlone(view),
    keydown: (event, view) => event.key === 'Escape' && leaveTabAlone(view),
  }),
  EditorView.updateListener.of((update) => {
    const typed = update.transactions.some((each) => each.isUserEvent('input.type') || each.isUserEvent('delete'));
    if (typed) update.view.setTabFocusMode(false);
  }),
];

function leaveTabAlone(view: EditorView): boolean {
  view.setTabFocusMode(true);
  return false;
}
