// What every source does: open what it reads, far enough to know the columns, and make a relation of it when asked.
import type { OpenedRelation, ReadContext } from '../formats/format.ts';
import type { OpenFile } from '../platform.ts';

export interface SourceContext extends ReadContext {
  /** Called for every file that is opened. */
  readonly onOpen: (file: OpenFile) => void;
}

export type OpenSource<Source> = (source: Source, context: SourceContext) => Promise<OpenedRelation>;
