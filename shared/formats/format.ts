// What a file format is to the rest of the engine: a way to open files as a relation, and a way to write a query out.
import type { Issue, SluiceError } from '../errors.ts';
import type { Misfit } from '../sql/misfit.ts';
import type { Column, NewFile, OpenFile, Platform, Work } from '../platform.ts';

/** What reading and writing a format may use. */
export interface FormatContext {
  readonly platform: Platform;
  readonly work: Work;
  /** Tells something that stops nothing. */
  readonly notify: (issue: Issue) => void;
}

export interface ReadContext extends FormatContext {
  /** Rows and bytes read so far. Called where a format is read by our code; DuckDB does not tell. */
  readonly onRead: (bytes: number, rows: number) => void;
  /** Registers what must be freed when the relation is no longer needed. */
  readonly keep: (free: () => Promise<void>) => void;
}

/** The files behind one relation. */
export interface FileInput {
  /** Of the relation, for messages. */
  readonly name: string;
  /** At least one; they stay open for as long as the relation lives. */
  readonly files: readonly OpenFile[];
  /** Columns whose values are in the paths, appended after those of the files; see `OpenFile.partitionValues`. */
  readonly partitions: readonly Column[];
}

/** Something that is opened and can become a relation. */
export interface OpenedRelation {
  readonly columns: readonly Column[];
  /** Makes the relation; answers its rows when they were read now rather than when the stages run. */
  relate(name: string, context: ReadContext): Promise<{ readonly rows?: number }>;
  /** Where in its files a value stands that does not fit, such as `Line 2 of a.csv`; looked for once a run has failed. */
  placeOf?(misfit: Misfit, context: FormatContext): Promise<string | undefined>;
  /**
   * What is wrong with its files where DuckDB has failed in reading them, or an engine has died and it may be of that;
   * undefined where nothing is found that tells more than `told`. Looked for once a run has failed.
   */
  damageOf?(told: SluiceError, context: FormatContext): Promise<SluiceError | undefined>;
}

/** Opens files, reading no more than it takes to know the columns. */
export type FormatReader<Options> = (
  input: FileInput,
  options: Options,
  context: ReadContext,
) => Promise<OpenedRelation>;

export interface WriteContext extends FormatContext {
  /** The columns by which DuckDB parts what it writes: the file's `engineName` is a folder then. */
  readonly partitionBy?: readonly string[];
}

/** Writes the rows of a query into a new file and answers how many there were; the caller commits or aborts. */
export type FormatWriter<Options> = (
  query: string,
  file: NewFile,
  options: Options,
  context: WriteContext,
) => Promise<number>;

/** A note about a file: something that was decided for the user and that stops nothing. */
export function note(code: Issue['code'], severity: Issue['severity'], message: string, hint?: string): Issue {
  return { code, severity, message, ...(hint === undefined ? {} : { hint }) };
}
