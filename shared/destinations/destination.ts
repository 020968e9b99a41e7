// What every destination does: write the rows of a query, whole or not at all.
import type { FormatContext } from '../formats/format.ts';

export interface Written {
  readonly rows: number;
  /** Absent where nothing is counted in bytes. */
  readonly bytes?: number;
  /** How many files were written, when it is a folder. */
  readonly files?: number;
}

export type WriteDestination<Destination> = (
  query: string,
  destination: Destination,
  context: FormatContext,
) => Promise<Written>;
