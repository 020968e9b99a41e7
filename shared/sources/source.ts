// What every source does: make a relation of its name, and say what it found.
import type { FileRelation, FormatContext } from '../formats/format.ts';

export interface SourceContext extends FormatContext {
  /** Registers what must be freed when the relation is no longer needed. */
  readonly keep: (free: () => Promise<void>) => void;
  /** Called once the size of the input is known, in bytes. */
  readonly onOpen: (location: string, bytes: number, engineName: string) => void;
}

export type SourceRelation = FileRelation & { readonly bytes: number };

export type RelateSource<Source> = (source: Source, context: SourceContext) => Promise<SourceRelation>;
