// Messages between the page and the Worker that hosts the engine. Both ends are built together, so there is no
// version; anything that does not fit is a `protocol.invalid` error.
import type { Issue } from '../errors.ts';
import type { Column } from '../platform.ts';
import type { RunEvent } from './events.ts';

/** A document as the page holds it. */
export interface RunRequest {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The address that relative locations fall back to, when the document came from one (the built-in examples). */
  readonly base?: string;
}

/** Rows to look at: self-contained Arrow IPC streams. */
export interface Preview {
  readonly columns: readonly Column[];
  readonly batches: readonly Uint8Array[];
  readonly rows: number;
  readonly truncated: boolean;
}

export interface WorkspaceFile {
  readonly path: string;
  readonly size: number;
  /** `added`: picked or dropped, read in place. `stored`: kept in the browser's private file system. */
  readonly kind: 'added' | 'stored';
}

/** Calls the page may make: name → what goes in and what comes back. */
export interface WorkerCalls {
  /** Boots the engine; answers DuckDB's version. */
  open: { input: { readonly memoryLimit?: string }; output: { readonly version: string } };
  /** Runs a pipeline to its end; events arrive meanwhile. Resolves after the terminal event, whatever it is. */
  run: { input: RunRequest; output: null };
  /** Asks the run to stop; it ends with `run_cancelled`. */
  cancel: { input: null; output: null };
  /** First rows of a stage of the last run. */
  preview: { input: { readonly stage: string; readonly limit: number }; output: Preview };
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
  | { readonly kind: 'event'; readonly event: RunEvent }
  /** The engine inside is unusable; the page replaces the Worker. */
  | { readonly kind: 'died'; readonly issue: Issue };
