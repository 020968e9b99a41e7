// What a file gives when a source reads it: a pipeline to run on any platform, and its outcome in a form to compare.
import type { Observed } from '../contract/run-document.ts';

/** A file of a conformance suite, and how a source reads it. */
export interface FileCase {
  /** The path within its suite. */
  readonly name: string;
  /** The source's `format`, as JSON. */
  readonly format: string;
}

export type Reading =
  | { readonly columns: string; readonly count: string; readonly rows: readonly unknown[] }
  /** The code of the error. */
  | { readonly refused: string };

/** Rows that are compared one by one; further ones are counted. */
const compared = 300;

/** A pipeline that shows the rows of the file at a location, and counts them. */
export function readingPipeline(location: string, { format }: FileCase): string {
  return JSON.stringify({
    dialect: 'duckdb',
    sources: [{ type: 'file', name: 'data', location, format: JSON.parse(format) as unknown }],
    stages: [
      [
        { name: 'first', query: 'FROM data', show: compared },
        { name: 'counted', query: 'SELECT count(*) FROM data', show: 1 },
      ],
    ],
  });
}

/** What came of that pipeline: columns and rows, or the code that the file was refused with. */
export function readingOf({ outcome, columns, shown, issue }: Observed): Reading {
  if (outcome !== 'succeeded') return { refused: issue?.code ?? outcome };
  return {
    columns: columns['data'] ?? '',
    count: shown['counted']?.[0]?.[0] as string,
    rows: shown['first'] ?? [],
  };
}
