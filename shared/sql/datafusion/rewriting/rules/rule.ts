// What the rules for calls have in common.
import { failure } from '../../../../errors.ts';
import type { Edits } from '../edits.ts';
import type { Call, Structure } from '../structure.ts';

/** A call in its query, and where its changes go. */
export interface Place {
  readonly call: Call;
  readonly structure: Structure;
  readonly edits: Edits;
}

export type Rule = (place: Place) => void;

/** Calls it by another name. */
export function rename(name: string): Rule {
  return ({ call, structure, edits }) =>
    edits.replace(structure.start(call.nameIndex), structure.end(call.nameIndex), name);
}

/** Refuses it. */
export function unsupported(message: string, hint: string): Rule {
  return () => {
    throw failure('document.unsupported', message, { hint });
  };
}

/** `name(a, b)` becomes `before a between b … after`. */
export function around(place: Place, before: string, after: string): void {
  const { call, structure, edits } = place;
  edits.replace(structure.start(call.nameIndex), structure.end(call.open), before);
  edits.replace(structure.start(call.close), structure.end(call.close), after);
}

/** The value of an argument that is one string literal. */
export function literal({ call, structure }: Place, index: number): string | undefined {
  const range = call.arguments[index];
  const token = range && structure.tokens[range[0]];
  return range && token?.kind === 'string' && range[1] === range[0] + 1 ? token.value : undefined;
}

/** Takes arguments from the `first` on out of a call, with the comma before them. */
export function dropArguments({ call, structure, edits }: Place, first: number): void {
  const range = call.arguments[first];
  if (range) edits.replace(structure.end(range[0] - 2), structure.end((call.arguments.at(-1) ?? range)[1] - 1), '');
}
