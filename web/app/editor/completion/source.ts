// Completion as CodeMirror asks for it. Fetched when the editor is first used.
import {
  pickedCompletion,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { Knowledge } from '../knowledge.ts';
import { sqlFunctions } from '../sql/functions.ts';
import { sqlRegionAt } from '../sql/region.ts';
import { suggestInSql } from '../sql/suggest.ts';
import { suggestInDocument } from './document.ts';
import { suggestParameters } from './parameters.ts';
import type { Offered, Suggestion, Suggestions } from './suggestion.ts';

/** What can stand at the cursor. Between words nothing is offered unless it was asked for, or one value is due. */
export async function complete(context: CompletionContext, knowledge: Knowledge): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  const [text, syntax] = [state.doc.toString(), knowledge.syntax()];
  const parameters = suggestParameters(text, pos, syntax);
  if (parameters) return resultOf(parameters, /^\w*$/);
  const region = sqlRegionAt(text, pos, syntax);
  if (region) {
    if (!explicit && !/[\w"$]|\.$/.test(text.slice(pos - 1, pos))) return null;
    const functions = await sqlFunctions();
    const found = suggestInSql(region, knowledge.relations(), functions.values());
    return found ? resultOf(found, /^[\p{L}\p{N}_$]*$/u) : null;
  }
  if (!explicit && !/[\w"'.$-]$/.test(text.slice(pos - 1, pos))) return null;
  const schema = await knowledge.schema();
  const found = suggestInDocument({ text, cursor: pos, syntax, schema, relations: knowledge.relations() });
  return found ? resultOf(found, /^[\w$./-]*$/) : null;
}

function resultOf({ from, suggestions }: Suggestions, validFor: RegExp): CompletionResult {
  return { from, options: suggestions.map(optionOf), validFor };
}

function optionOf(suggestion: Suggestion): Offered {
  const { label, kind, detail, info, boost, edit } = suggestion;
  return {
    label,
    type: kind,
    ...(detail === undefined ? {} : { detail }),
    ...(info === undefined ? {} : { info: () => infoNode(info) }),
    ...(boost === undefined ? {} : { boost }),
    ...(edit.before + edit.after > 0 ? {} : { insert: edit.insert }),
    apply: (view, completion, from, to) => take(view, completion, suggestion, from, to),
  };
}

function take(view: EditorView, completion: Completion, { edit, again }: Suggestion, from: number, to: number): void {
  const start = from - edit.before;
  view.dispatch({
    changes: { from: start, to: Math.min(to + edit.after, view.state.doc.length), insert: edit.insert },
    selection: { anchor: start + edit.cursor },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
  if (again) startCompletion(view);
}

/** Sentences below one another. */
function infoNode(info: string): Node {
  const element = document.createElement('div');
  element.className = 'cm-info';
  for (const line of info.split('\n')) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    element.append(paragraph);
  }
  return element;
}
