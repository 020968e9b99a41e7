// What completion and hover know beside the text.
import type { Column } from '../../../shared/platform.ts';
import type { Syntax } from '../../../shared/pipeline/syntax/detect.ts';
import type { JsonSchema } from '../../../shared/pipeline/json-schema.ts';

/** A relation whose columns a plan or a run has told. */
export interface KnownRelation {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Asked anew each time, so that an answer is never older than the text. */
export interface Knowledge {
  readonly syntax: () => Syntax;
  readonly relations: () => readonly KnownRelation[];
  readonly schema: () => Promise<JsonSchema>;
}
