// What every destination does: write the rows of a query, whole or not at all.
import type { FormatContext } from '../formats/format.ts';

export interface Written {
  readonly rows: number;
  /** Absent where nothing is counted in bytes. */
  readonly bytes?: number;
  /** How many files were written, when it is a folder. */
  readonly files?: number;
}

export interface DestinationContext extends FormatContext {
  /**
   * Does what computes the rows, all of which is done before anything is committed. Fails where a source's file has
   * changed since it was opened: what was checked is what is written.
   */
  readonly writing: <T>(task: () => Promise<T>) => Promise<T>;
}

export type WriteDestination<Destination> = (
  query: string,
  destination: Destination,
  context: DestinationContext,
) => Promise<Written>;
