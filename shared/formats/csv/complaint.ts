// What DuckDB complains of in a CSV file, in the words of a document: its own advise options that a document does not have.

/** The sentence, beginning with the file or with a line of it, and what to do. Undefined for what is not about CSV. */
export function csvComplaint(text: string, location: string): { message: string; hint: string } | undefined {
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
  if (line === undefined) {
    if (!/CSV Parser state machine|Parallel CSV Reader/.test(text)) return undefined;
    const message = `${location} cannot be read as CSV: its line ends are mixed, or a quote is not closed.`;
    return { message, hint: 'Check the delimiter and the quote, or save the file with line ends of one kind.' };
  }
  const where = `Line ${line} of ${location}`;
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text) ?? [];
  if (expected !== undefined && found !== undefined) {
    const message = `${where} has ${count(found)} where ${expected} belong${expected === '1' ? 's' : ''}.`;
    return { message, hint: 'Mend the line, or check the delimiter and the quote.' };
  }
  const [, column, value, type] =
    /converting column "(.*)"\. Could not convert string "([\s\S]*?)" to '(.+)'/.exec(text) ?? [];
  if (column !== undefined && value !== undefined && type !== undefined) {
    const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
    const message = `${where} has "${shown}" in column ${column}, which is ${type}.`;
    return { message, hint: 'Mend the value, or declare the column with `schema`.' };
  }
  const limit = /Maximum line size of (\d+) bytes exceeded/.exec(text)?.[1];
  if (limit !== undefined) return tooLong(where, Number(limit));
  if (text.includes('Value with unterminated quote')) return withoutEnd(where);
  if (/not utf-8/i.test(text)) return { message: `${where} is not UTF-8 text.`, hint: 'Save the file as UTF-8.' };
  return { message: `${where} cannot be read as CSV.`, hint: 'Mend the line, or check the delimiter and the quote.' };
}

/** Of a line that has more bytes than `max_line_size` allows. `where` is such as `Line 2 of a.csv`. */
export function tooLong(where: string, limit: number): { message: string; hint: string } {
  const message = `${where} is longer than the ${limit} bytes that a line may have.`;
  return { message, hint: 'Allow more with `max_line_size`, or close a quote that may be open.' };
}

/** Of a line with an open quote. */
export function withoutEnd(where: string): { message: string; hint: string } {
  return {
    message: `${where} has a quoted value without an end.`,
    hint: 'Close the quote, or declare another `quote` or `delimiter`.',
  };
}

function count(columns: string): string {
  return columns === '1' ? '1 value' : `${columns} values`;
}
