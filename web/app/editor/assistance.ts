// Completion and explanations as an extension of the editor. What they need is fetched when the editor gets the focus.
import {
  autocompletion,
  closeCompletion,
  selectedCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { Prec, StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import type { Offered } from './completion/suggestion.ts';
import type { Knowledge } from './knowledge.ts';

const completion = () => import('./completion/source.ts');
const hover = () => import('./hover/source.ts');

const setExplanation = StateEffect.define<Tooltip | null>();

/** The explanation that was asked for by key; it goes when the cursor or the text moves. */
const explanationAtCursor = StateField.define<Tooltip | null>({
  create: () => null,
  update: (shown, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setExplanation)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Enter breaks the line where the word that is selected in the list is typed already: nothing would change. */
function breakAfterWhole(view: EditorView): boolean {
  const { insert }: Offered = selectedCompletion(view.state) ?? { label: '' };
  const { head } = view.state.selection.main;
  if (insert !== undefined && view.state.sliceDoc(Math.max(0, head - insert.length), head) === insert) {
    closeCompletion(view);
  }
  return false;
}

/** `onFailure` is told when something that is needed cannot be fetched. */
export function assistance(knowledge: Knowledge, onFailure: (thrown: unknown) => void): Extension {
  const tell = (thrown: unknown): null => {
    onFailure(thrown);
    return null;
  };
  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    try {
      return await (await completion()).complete(context, knowledge);
    } catch (thrown) {
      return tell(thrown);
    }
  };
  const explainAtCursor = async (view: EditorView): Promise<void> => {
    const { state } = view;
    const { explanationAt, tooltipOf, wordsOf } = await hover();
    const found = await explanationAt(view, state.selection.main.head, knowledge);
    if (view.state !== state) return;
    view.dispatch({
      effects: [
        setExplanation.of(found ? tooltipOf(found) : null),
        EditorView.announce.of(found ? wordsOf(found) : 'Nothing is known about this.'),
      ],
    });
  };
  return [
    Prec.highest(keymap.of([{ key: 'Enter', run: breakAfterWhole }])),
    // As many as are seen at once: a list that scrolls would have to be in the order of Tab.
    autocompletion({ override: [complete], icons: false, maxRenderedOptions: 12 }),
    hoverTooltip(async (view, position): Promise<Tooltip | null> => {
      try {
        const { explanationAt, tooltipOf } = await hover();
        const found = await explanationAt(view, position, knowledge);
        return found ? tooltipOf(found) : null;
      } catch (thrown) {
        return tell(thrown);
      }
    }),
    explanationAtCursor,
    keymap.of([
      {
        key: 'Mod-i',
        preventDefault: true,
        run: (view) => {
          explainAtCursor(view).catch(tell);
          return true;
        },
      },
      {
        key: 'Escape',
        run: (view) => {
          if (!view.state.field(explanationAtCursor)) return false;
          view.dispatch({ effects: setExplanation.of(null) });
          return true;
        },
      },
    ]),
    EditorView.domEventHandlers({
      focus: () => {
        // Fetched beforehand; what fails here fails again, and is told, when it is needed.
        Promise.all([completion(), hover(), knowledge.schema()]).catch(() => undefined);
        return false;
      },
    }),
  ];
}
