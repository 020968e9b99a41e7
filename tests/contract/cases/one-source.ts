// A document over one source, and what a user sees of its run.
import type { Observed } from '../run-document.ts';

/** A document that shows a query over one source, given by its fields. */
export function documentOf(source: string, query = 'SELECT * FROM data ORDER BY ALL'): string {
  return `sources:
  - { name: data, ${source} }
stages:
  - - { name: result, query: ${JSON.stringify(query)}, show: 100 }
`;
}

/** Columns, rows and what was told, or the error with its place. */
export function summary({ columns, shown, notices, error, issue }: Observed): object {
  const told = notices.filter((code) => code !== 'run.no_output');
  if (error !== undefined) return { error, message: issue?.message };
  return { columns: columns['data'], rows: shown['result'], ...(told.length === 0 ? {} : { told }) };
}
