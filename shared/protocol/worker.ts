// Messages between the page and the Worker that hosts the engine. Both ends are built together, so there is no
// version; anything that does not fit is a `protocol.invalid` error.
import type { Issue } from '../errors.ts';
import type { Column } from '../platform.ts';
import type { RunEvent } from './events.ts';
import type { Plan } from './plan.ts';
import type { Preview } from './preview.ts';

/** A document as the page holds it. */
export interface RunRequest {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The address that relative locations fall back to, when the document came from one (the built-in examples). */
  readonly base?: string;
}

export type { Preview } from './preview.ts';

export interface WorkspaceFile {
  readonly path: string;
  readonly size: number;
  /** `added`: picked or dropped, read in place. `stored`: kept in the browser's private file system. */
  readonly kind: 'added' | 'stored';
}

/** A table that a run has kept in memory (destination `in_memory`), until the Worker ends. */
export interface WorkspaceTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** What a document would do, without doing it. `plan` is absent when an issue is an error. */
export interface PlanAnswer {
  readonly plan?: Plan;
  readonly issues: readonly Issue[];
}

/** What rows can be exported as. `json` is an object a line. */
export type ExportFormat = 'csv' | 'json' | 'parquet' | 'arrow';

/** Whose rows can be looked at: a stage of the last run, or a table that the workspace keeps. */
export interface RelationName {
  readonly kind: 'stage' | 'table';
  readonly name: string;
}

export interface RowsPage extends Preview {
  /** How many rows the relation has, once that is known without computing it for this alone. */
  readonly total?: number;
  /** A stage that was a view, and is held as a table since someone scrolled through it. */
  readonly kept: boolean;
}

export interface ExportedRows {
  /** Good until the second export after this one. */
  readonly file: Blob;
  readonly rows: number;
  /** Such as types that the format lacks. */
  readonly notices: readonly Issue[];
}

/** What a file holds at its beginning: rows where its name says so, else text, else bytes. */
export type FilePreview =
  | ({ readonly kind: 'rows'; readonly notices: readonly Issue[] } & Preview)
  | { readonly kind: 'text'; readonly text: string; readonly truncated: boolean }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly truncated: boolean };

/** How far a call has come. What is not known is absent. */
export interface CallProgress {
  readonly fraction?: number;
  readonly bytes?: number;
  readonly totalBytes?: number;
}

/** Bytes of the engine's code as they travel. */
export interface LoadingProgress {
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Calls the page may make: name → what goes in and what comes back. */
export interface EngineOptions {
  /** DuckDB's memory limit, such as `1GB`; its default is 3.1 GiB. */
  readonly memoryLimit?: string;
  /** The address below which the page's deployer serves DuckDB's own extensions, see docs/extensions.md. */
  readonly extensions?: string;
  /** DuckDB's compiled code (a WebAssembly.Module) from a Worker before this one. */
  readonly code?: unknown;
}

export interface OpenedEngine {
  /** DuckDB's, such as `v1.5.6`. */
  readonly version: string;
  /** What the engine lacks that it should have. */
  readonly notices: readonly Issue[];
  /** DuckDB's compiled code, for the Worker that takes this one's place. */
  readonly code: unknown;
}

export interface WorkerCalls {
  /** Boots the engine; answers DuckDB's version. */
  open: { input: EngineOptions; output: OpenedEngine };
  /** Runs a pipeline to its end; events arrive meanwhile. Resolves after the terminal event, whatever it is. */
  run: { input: RunRequest; output: null };
  /** Asks the run to stop; it ends with `run_cancelled`. */
  cancel: { input: null; output: null };
  /** Asks a call under way, by its id, to stop; it fails with `run.cancelled`. A call that cannot stop goes on. */
  abandon: { input: { readonly call: number }; output: null };
  /** What a run would do. Fails with run.busy during a run. */
  plan: { input: RunRequest; output: PlanAnswer };
  /** Rows from `offset` on, at most `limit`. Fails with run.busy during a run, as all looking at rows does. */
  rows: {
    input: { readonly relation: RelationName; readonly offset: number; readonly limit: number };
    output: RowsPage;
  };
  /** All rows as one file. */
  exportRows: { input: { readonly relation: RelationName; readonly format: ExportFormat }; output: ExportedRows };
  /** What is at the beginning of a file of the workspace. */
  previewFile: { input: Pick<WorkspaceFile, 'path' | 'kind'>; output: FilePreview };
  /** A stored folder as one zip file. */
  zipFolder: { input: { readonly path: string }; output: Blob };
  listTables: { input: null; output: readonly WorkspaceTable[] };
  removeTable: { input: { readonly name: string }; output: null };
  addFiles: { input: readonly { readonly path: string; readonly file: Blob }[]; output: null };
  removeFile: { input: { readonly path: string; readonly kind: WorkspaceFile['kind'] }; output: null };
  listFiles: { input: null; output: readonly WorkspaceFile[] };
  /** A stored file, to download. */
  readFile: { input: { readonly path: string }; output: Blob };
}

export type WorkerCall = keyof WorkerCalls;

export type ToWorker = {
  [Name in WorkerCall]: { readonly id: number; readonly call: Name; readonly input: WorkerCalls[Name]['input'] };
}[WorkerCall];

export type FromWorker =
  /** First message: the name of the lock that the Worker holds for as long as it lives. */
  | { readonly kind: 'ready'; readonly lock: string }
  | { readonly kind: 'result'; readonly id: number; readonly output: WorkerCalls[WorkerCall]['output'] }
  | { readonly kind: 'failure'; readonly id: number; readonly issue: Issue }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: CallProgress }
  | { readonly kind: 'event'; readonly event: RunEvent }
  /** The engine inside is unusable; the page replaces the Worker. */
  | { readonly kind: 'died'; readonly issue: Issue };
