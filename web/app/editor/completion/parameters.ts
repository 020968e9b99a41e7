// Suggestions after `${`: the parameters that the text declares or uses.
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import { sketch } from '../sketch/sketch.ts';
import { fieldOf, textOf } from '../sketch/tree.ts';
import { edit, type Suggestion, type Suggestions } from './suggestion.ts';

export function suggestParameters(text: string, cursor: number, syntax: Syntax): Suggestions | undefined {
  const typed = /\$\{(\w*)$/.exec(text.slice(Math.max(0, cursor - 80), cursor));
  if (!typed) return undefined;
  const from = cursor - (typed[1]?.length ?? 0);
  const declared = fieldOf(text, sketch(text, syntax).root, 'params');
  const names = declared?.kind === 'map' ? declared.entries.map(({ key }) => textOf(text, key)) : [];
  const others = text.slice(0, from - 2) + text.slice(cursor);
  // `${secret:name}` is none, but `${secret:-default}` is.
  const used = [...others.matchAll(/\$\{(?!secret:[^-])(\w+)\b/g)].map(({ 1: name = '' }) => name);
  const rest = /^\w*/.exec(text.slice(cursor))?.[0].length ?? 0;
  const closed = text.charAt(cursor + rest) === '}' ? 1 : 0;
  const suggestions = [...new Set([...names, ...used])].map((name): Suggestion => {
    return { label: name, kind: 'variable', detail: 'parameter', edit: edit(`${name}}`, 0, rest + closed) };
  });
  return suggestions.length === 0 ? undefined : { from, suggestions };
}
