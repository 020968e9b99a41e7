// What every source does: open what it reads, far enough to know the columns, and make a relation of it when asked.
import type { OpenedRelation, ReadContext } from '../formats/format.ts';

export interface SourceContext extends ReadContext {
  /** Called for every file that is opened, with its size in bytes. */
  readonly onOpen: (location: string, bytes: number, engineName: string) => void;
}

export type OpenSource<Source> = (source: Source, context: SourceContext) => Promise<OpenedRelation>;
