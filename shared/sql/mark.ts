// The mark behind the names of columns that DuckDB pulls from our code. In a plan a name alone says little, for it may be
// that of an alias; one with this mark, which has no width, can be nothing but a scan's column. Nobody gets to see it.

export const columnMark = '\u2063'; // INVISIBLE SEPARATOR

/** What DuckDB says, as people should read it. */
export function withoutMarks(text: string): string {
  return text.replaceAll(columnMark, '');
}
