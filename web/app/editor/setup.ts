// Everything the editor is made of, in one list.
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { Annotation, Prec } from '@codemirror/state';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
} from '@codemirror/view';
import { appearance } from './appearance.ts';
import { assistance } from './assistance.ts';
import { issueKeys } from './issue-keys.ts';
import type { Knowledge } from './knowledge.ts';
import { tabKey } from './tab-key.ts';

const parameterMarks = new MatchDecorator({
  regexp: /\$\{(?:\w+(?::-[^{}\n]*)?|secret:[\w.-]+)\}/g,
  decoration: Decoration.mark({ class: 'cm-parameter' }),
});

const parameters = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = parameterMarks.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = parameterMarks.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Marks a change that the page made, which it need not be told. */
export const byPage = Annotation.define<true>();

/** What the editor tells the page. */
export interface EditorEvents {
  /** The text has changed; `replaced` says that nothing of the old text was kept. */
  readonly onChange: (text: string, replaced: boolean) => void;
  readonly onRun: () => void;
  /** The cursor has moved; both count from 1. */
  readonly onCursor: (line: number, column: number) => void;
  /** Something that is no part of the text has failed. */
  readonly onFailure: (thrown: unknown) => void;
}

export function editorSetup(events: EditorEvents, knowledge: Knowledge): Extension {
  const run = (): boolean => {
    events.onRun();
    return true;
  };
  return [
    lineNumbers(),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    highlightSelectionMatches(),
    drawSelection(),
    history(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    search(),
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
    assistance(knowledge, events.onFailure),
    issueKeys,
    keymap.of([...completionKeymap, ...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    tabKey,
    Prec.high(parameters),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'Pipeline', tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      const told = update.transactions.every((each) => !each.docChanged || each.annotation(byPage));
      if (!told) events.onChange(update.state.doc.toString(), replacesAll(update));
      if (update.docChanged || update.selectionSet) {
        const head = update.state.selection.main.head;
        const line = update.state.doc.lineAt(head);
        events.onCursor(line.number, head - line.from + 1);
      }
    }),
    appearance,
  ];
}

function replacesAll(update: ViewUpdate): boolean {
  let all = false;
  update.changes.iterChanges((from, to) => {
    if (from === 0 && to === update.startState.doc.length) all = true;
  });
  return all;
}
