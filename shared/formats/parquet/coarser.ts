// Columns of a Parquet file whose values have digits that DuckDB's types do not hold: the column is read, which is told.
import { note, type FormatContext } from '../format.ts';

/** What such columns hold, by what their schema says. */
export const coarser = {
  instant: 'instants in nanoseconds',
  time: 'times with a zone in nanoseconds',
  int96: 'times as INT96, in nanoseconds',
} as const;

export function tellCoarser(column: string, what: string, location: string, { notify }: FormatContext): void {
  // Spark's are INT96 by habit and have microseconds, so that mostly nothing is lost.
  const severity = what === coarser.int96 ? 'info' : 'warning';
  const message = `Column ${column} of ${location} holds ${what}, which are read in microseconds.`;
  notify(note('type.converted', severity, message, 'Write the column in microseconds, or without a time zone.'));
}
