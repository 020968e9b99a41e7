// What a file format is to the rest of the engine: a way to make a relation over a file, and a way to write a query out.
import type { Issue } from '../errors.ts';
import type { NewFile, OpenFile, Platform, Work } from '../platform.ts';

/** What reading and writing a format may use. */
export interface FormatContext {
  readonly platform: Platform;
  readonly work: Work;
  /** Tells something that stops nothing. */
  readonly notify: (issue: Issue) => void;
  /** Rows and bytes read so far, where a format is read ahead of the stages. */
  readonly onRead: (bytes: number, rows: number) => void;
}

/** What is known of a relation made over a file. `rows` is absent when the file is read while the stages run. */
export interface FileRelation {
  readonly rows?: number;
}

/** Makes relation `name` over an open file, which stays open for as long as the relation lives. */
export type FormatReader<Options> = (
  name: string,
  file: OpenFile,
  options: Options,
  context: FormatContext,
) => Promise<FileRelation>;

/** Writes the rows of a query into a new file and answers how many there were; the caller commits or aborts. */
export type FormatWriter<Options> = (
  query: string,
  file: NewFile,
  options: Options,
  context: FormatContext,
) => Promise<number>;

/** A note about a file: something that was decided for the user and that stops nothing. */
export function note(code: Issue['code'], severity: Issue['severity'], message: string, hint?: string): Issue {
  return { code, severity, message, ...(hint === undefined ? {} : { hint }) };
}
