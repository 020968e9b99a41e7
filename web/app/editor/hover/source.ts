// The tooltip that explains what is under the pointer or the cursor. Fetched when it is first wanted.
import type { EditorView, Tooltip } from '@codemirror/view';
import type { Knowledge } from '../knowledge.ts';
import { sqlFunctions } from '../sql/functions.ts';
import { explain, type Explanation } from './explanation.ts';

export async function explanationAt(
  view: EditorView,
  position: number,
  knowledge: Knowledge,
): Promise<Explanation | undefined> {
  return explain({
    text: view.state.doc.toString(),
    position,
    syntax: knowledge.syntax(),
    relations: knowledge.relations(),
    schema: knowledge.schema,
    functions: sqlFunctions,
  });
}

export function tooltipOf(explanation: Explanation): Tooltip {
  const { from, to } = explanation;
  return { pos: from, end: to, above: true, create: () => ({ dom: nodeOf(explanation) }) };
}

/** In one breath, for those who listen. */
export function wordsOf({ title, type, description, facts, columns }: Explanation): string {
  const listed = columns?.map((column) => `${column.name} ${column.type}`).join(', ');
  const told = facts.map(([label, value]) => `${label}: ${value}`);
  return [title, type, description, listed, ...told].filter((part) => part !== undefined).join('. ');
}

function nodeOf({ title, type, description, facts, columns }: Explanation): HTMLElement {
  const root = element('div', 'cm-explanation');
  const heading = element('p', 'cm-explanation-title', root);
  element('strong', '', heading).textContent = title;
  if (type !== undefined) element('span', 'cm-explanation-type', heading).textContent = type;
  if (description !== undefined) element('p', '', root).textContent = description;
  for (const [label, value] of facts) {
    const fact = element('p', 'cm-explanation-fact', root);
    fact.append(`${label}: `);
    element('code', '', fact).textContent = value;
  }
  if (columns) {
    const list = element('dl', '', root);
    for (const column of columns) {
      element('dt', '', list).textContent = column.name;
      element('dd', '', list).textContent = column.type;
    }
  }
  return root;
}

function element(tag: string, className: string, parent?: HTMLElement): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  parent?.append(made);
  return made;
}
