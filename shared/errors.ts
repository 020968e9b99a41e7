// The one error type. An issue is data; sentences for people are made where it arises, layout where it is shown.
import type { Misfit } from './sql/misfit.ts';

/** Every stable code, with what it means. Codes are never renamed; retired ones stay reserved. */
export const issueCodes = {
  'document.syntax': 'The text is not valid YAML, JSON or TOML.',
  'document.limit': 'The document is larger or deeper than allowed.',
  'document.invalid': 'A field is missing or has the wrong shape.',
  'document.unknown_field': 'A field that Sluice does not know is ignored.',
  'document.alias': 'An older spelling is accepted for the one of today.',
  'document.duplicate_name': 'Two relations have the same name.',
  'document.unsupported': 'A feature that this version or this place cannot run.',
  'place.unsupported': 'This place cannot run a part of the pipeline; another may.',
  'stage.cycle': 'Stages read one another in a circle.',
  'stage.renamed_columns': 'A query gives several columns the same name, and the stage has them under other names.',
  'check.failed': 'Rows break a check.',
  'check.invalid': 'A check does not fit the columns of its relation.',
  'table.not_kept': 'A table in memory goes with the run that made it.',
  'table.not_found': 'No run has kept a table of this name.',
  'parameter.missing': 'A parameter that the text uses has no value.',
  'parameter.invalid': 'A parameter value does not fit the field it stands in.',
  'parameter.unused': 'A parameter or its default is declared and has no effect.',
  'parameter.unknown': 'A value is given for a parameter that the text does not use.',
  'parameter.exposed': 'The value of a secret stands in the text.',
  'parameter.text': 'What looks like a parameter is none and stays text.',
  'sql.syntax': 'DuckDB cannot parse the query.',
  'sql.binding': 'The query names a table, column or function that does not exist, or mixes types.',
  'sql.not_a_query': 'A stage is one SELECT; other statements are refused.',
  'sql.failed': 'The query failed while it ran.',
  'sql.dialect': 'DuckDB and DataFusion read the query differently, and the document says neither.',
  'file.not_found': 'No file matches the location.',
  'file.ambiguous': 'Several files match the location.',
  'file.matched_by_name': 'A file was found by its name, not by its path.',
  'file.forbidden': 'The location lies outside what this place may read or write.',
  'file.corrupt': 'The file is cut off, damaged, or of another format.',
  'file.failed': 'Reading or writing the file failed.',
  'file.exists': 'There is something at the destination, and it must not be replaced.',
  'file.partition': 'The folders of a file do not give the partition columns.',
  'file.too_many': 'A folder would get more partitions than are allowed.',
  'file.skipped': 'Files of a folder were left out.',
  'file.renamed_columns': 'A header has names that are empty or not unique.',
  'file.undeclared_columns': 'A file has columns that its declared schema leaves out.',
  'file.loaded_whole': 'A file was loaded whole, because its parts could not be had one by one.',
  'file.lacks_column': 'One of several files has not all columns of the relation: NULL is read.',
  'file.no_columns': 'The file is empty, so its columns are not known.',
  'format.staged': 'A file is read whole before the stages, because this engine cannot read it while they run.',
  'format.sampled': 'The columns were inferred from the first part of the file only.',
  'format.delimiter': 'A file of one column seems to be parted by another delimiter than the document says.',
  'type.kept_as_text': 'A column is read as text, because another type would change some of its values.',
  'type.converted': 'A column is written as another type because the format has no equal one.',
  'type.unsupported': 'A type that cannot be carried without changing values.',
  'storage.full': 'There is no room left to write.',
  'storage.unavailable': 'The browser refuses storage to this page.',
  'engine.out_of_memory': 'The engine ran out of memory.',
  'engine.died': 'The engine stopped and was replaced.',
  'engine.closed': 'The engine was closed.',
  'engine.failed': 'The engine could not be started.',
  'engine.reduced': 'The engine can do less than it should.',
  'run.cancelled': 'The run was cancelled.',
  'run.no_output': 'The pipeline has nothing to write.',
  'run.busy': 'Another run is going on.',
  'run.unknown': 'The relay knows no run of this id.',
  'run.interrupted': 'The relay or its process died while the run went on.',
  'run.limit': 'The run took more time, memory or room than a run may.',
  'run.forbidden': 'The key does not allow this.',
  'queue.full': 'No more runs are accepted until some have ended.',
  'queue.closing': 'The relay is shutting down and accepts no runs.',
  'key.missing': 'The request carries no API key.',
  'key.invalid': 'The API key is not known, or no longer good.',
  'key.throttled': 'Too many requests came with wrong keys.',
  'secret.not_found': 'The document names a secret that this place does not have.',
  'relay.unreachable': 'The relay cannot be reached.',
  'relay.lost': 'The connection to the relay was lost.',
  'executor.failed': 'An executor says that the run failed; it tells no codes.',
  'clipboard.refused': 'Rows cannot be put on the clipboard.',
  'protocol.invalid': 'A message does not follow the protocol.',
  'protocol.version': 'The two sides speak no common version of the protocol.',
  'protocol.limit': 'A message is larger or deeper than allowed.',
  'command.usage': 'The command line does not say what is needed.',
  internal: 'A bug in Sluice.',
} as const;

export type IssueCode = keyof typeof issueCodes;
export type Severity = 'error' | 'warning' | 'info';

/** Steps from the document's root to a value: field names and zero-based list positions. */
export type Path = readonly (string | number)[];

/** A stretch of the text as typed. Lines and columns count from 1, offsets from 0, in UTF-16 units; ends are exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly offset: number;
  readonly endOffset: number;
}

export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** One or two sentences for a person. */
  readonly message: string;
  /** What to try next. */
  readonly hint?: string;
  readonly path?: Path;
  readonly place?: Place;
  /** Where in a query the trouble is: the query as it was given and a UTF-16 offset into it. */
  readonly query?: { readonly sql: string; readonly offset: number };
  /** The message underneath, from the engine, the browser or the disk. */
  readonly cause?: string;
  /** The value of a source that the error is about, until its place in the source's files is found. */
  readonly misfit?: Misfit;
}

export type IssueDetails = Omit<Issue, 'code' | 'severity' | 'message' | 'cause'> & { readonly cause?: unknown };

/** What anything thrown becomes. It crosses borders as its `issue`, which is plain data. */
export class SluiceError extends Error {
  readonly issue: Issue;

  constructor(issue: Issue, options?: ErrorOptions) {
    super(issue.message, options);
    this.name = 'SluiceError';
    this.issue = issue;
  }

  get code(): IssueCode {
    return this.issue.code;
  }

  /** The same error with more known about it; what is already known wins. */
  with(details: Partial<Issue>): SluiceError {
    return new SluiceError({ ...details, ...this.issue }, { cause: this.cause });
  }
}

/** Makes an error of a code. `cause` may be anything that was caught. */
export function failure(code: IssueCode, message: string, details: IssueDetails = {}): SluiceError {
  const { cause, ...rest } = details;
  const text = cause === undefined ? {} : { cause: messageOf(cause) };
  return new SluiceError({ code, severity: 'error', message, ...rest, ...text }, { cause });
}

/** Turns anything thrown into the one error type, once, at the edge where it was caught. */
export function asSluiceError(thrown: unknown, code: IssueCode = 'internal', message?: string): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  const text = messageOf(thrown);
  return failure(code, message ?? text, { cause: thrown });
}

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return typeof thrown === 'string' ? thrown : String(thrown);
}

/** Whether this is the error of a cancelled run. */
export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof SluiceError && thrown.code === 'run.cancelled';
}

/** The error that everything cancelled ends in. */
export function cancelled(): SluiceError {
  return failure('run.cancelled', 'The run was cancelled.');
}

/** Stands where a text was cut. */
export const cutMark = '…';

/** UTF-16 units that the texts of an issue have at most when it leaves a run, and the steps of its path. */
export const issueLimits = { message: 2_000, hint: 1_000, cause: 4_000, sql: 4_000, steps: 32, step: 200 } as const;

/** The text in at most so many UTF-16 units, with a mark at its end where it was longer. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : `${wholeCharacters(text.slice(0, most - 1))}${cutMark}`;
}

/**
 * The issue as it leaves a run: every text and its path within `issueLimits`, and no value of the data by itself. Of a
 * query, what is around the offset stays. Secrets are to be masked before: a mask does not know all that is left of one
 * that was cut.
 */
export function boundIssue(given: Issue): Issue {
  const issue = { ...given };
  delete (issue as { misfit?: Misfit }).misfit;
  const { message, hint, cause, query, path } = issue;
  const { message: mostMessage, hint: mostHint, cause: mostCause, steps, step } = issueLimits;
  return {
    ...issue,
    message: cutText(message, mostMessage),
    ...(hint === undefined ? {} : { hint: cutText(hint, mostHint) }),
    ...(cause === undefined ? {} : { cause: cutText(cause, mostCause) }),
    ...(query === undefined ? {} : { query: cutAround(query) }),
    ...(path === undefined
      ? {}
      : { path: path.slice(0, steps).map((part) => (typeof part === 'string' ? cutText(part, step) : part)) }),
  };
}

function cutAround(query: { readonly sql: string; readonly offset: number }): { sql: string; offset: number } {
  const { sql, offset } = query;
  const most = issueLimits.sql;
  if (sql.length <= most) return query;
  const inside = Math.min(Math.max(offset, 0), sql.length);
  const from = Math.max(0, Math.min(inside - most / 2, sql.length - most));
  if (from === 0) return { sql: cutText(sql, most), offset: inside };
  const rest = cutText(sql.slice(from + 1), most - 1);
  return { sql: cutMark + rest, offset: inside - from };
}

/** Without half a surrogate pair at its end. */
function wholeCharacters(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
