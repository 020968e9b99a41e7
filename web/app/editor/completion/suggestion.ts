// A suggestion: what is offered at the cursor, and the edit that takes it.
import type { Completion } from '@codemirror/autocomplete';

export interface Suggestion {
  readonly label: string;
  /** CodeMirror's names of kinds, by which it draws them. */
  readonly kind: 'property' | 'constant' | 'keyword' | 'function' | 'variable' | 'class' | 'type';
  /** A few words beside the label. */
  readonly detail?: string;
  /** Sentences about it, shown beside the list. */
  readonly info?: string;
  readonly edit: Edit;
  /** Whether to suggest again what can follow. */
  readonly again?: boolean;
  /** Higher ones come first, -99 to 99. */
  readonly boost?: number;
}

/** Replaces the typed word, and units before and after it, and leaves the cursor `cursor` units into what it inserts. */
export interface Edit {
  readonly insert: string;
  readonly cursor: number;
  readonly before: number;
  readonly after: number;
}

/** A suggestion as CodeMirror's list has it. */
export interface Offered extends Completion {
  /** What is written where the typed word stood, when it takes the place of nothing else. */
  readonly insert?: string;
}

export interface Suggestions {
  /** Where the typed word begins; the cursor ends it. */
  readonly from: number;
  readonly suggestions: readonly Suggestion[];
}

/** An edit whose text has a `¦` where the cursor comes to stand; at its end without one. */
export function edit(text: string, before = 0, after = 0): Edit {
  const cursor = text.indexOf('¦');
  return { insert: text.replace('¦', ''), cursor: cursor < 0 ? text.length : cursor, before, after };
}
