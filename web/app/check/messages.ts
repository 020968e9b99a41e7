// Messages between the page and the Worker that checks the text while one types. Both ends are built together.
import type { Issue } from '../../../shared/errors.ts';
import type { Parameter, Syntax } from '../../../shared/pipeline/load.ts';
import type { JsonSchema } from '../../../shared/pipeline/json-schema.ts';

export interface CheckRequest {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What is known of a text. */
export interface Checked {
  readonly syntax: Syntax;
  /** In the order of the text. */
  readonly issues: readonly Issue[];
  /** What the text asks values for; undefined where the text cannot be read. */
  readonly parameters: readonly Parameter[] | undefined;
}

/** Questions: name → what goes in and what comes back. */
export interface Questions {
  check: { input: CheckRequest; output: Checked };
  /** The JSON Schema of a pipeline, for completion and hover. */
  schema: { input: null; output: JsonSchema };
}

export type Question = keyof Questions;

export type ToChecker = {
  [Name in Question]: { readonly id: number; readonly question: Name; readonly input: Questions[Name]['input'] };
}[Question];

export type FromChecker =
  | { readonly kind: 'answer'; readonly id: number; readonly output: Questions[Question]['output'] }
  | { readonly kind: 'failure'; readonly id: number; readonly issue: Issue };
