// What the page of the contract and its Worker say to each other, and what a test may call in the page.
import type { createClient } from '../../../web/worker/client.ts';

/** What the Worker is asked: a contract case by its name, or a document to run over these files. */
export type CaseRequest = string | { readonly document: string; readonly files: Readonly<Record<string, Blob>> };

/** What a case answered, or how it failed. */
export type CaseResult = { readonly answer: unknown } | { readonly error: string };

export interface CaseDone {
  readonly result: CaseResult;
  /** Whether the Worker should be replaced before the next case. */
  readonly spent: boolean;
  /** DuckDB's compiled code, where it was started. */
  readonly code?: unknown;
}

export interface CaseMessage {
  readonly request: CaseRequest;
  /** DuckDB's compiled code, from a Worker before this one. */
  readonly code: unknown;
  /** The address at which DuckDB's heap begins, in bytes; where it is usual, when absent. */
  readonly heapStart?: number | undefined;
}

declare global {
  interface Window {
    /** Runs the contract case of this name in a Worker, where DuckDB's heap may begin at a later address than usual. */
    runCase(name: string, heapStart?: number): Promise<CaseResult>;
    /** Runs a document in a Worker over files given by their addresses; answers what `runDocument` does. */
    runDocument(document: string, files: Readonly<Record<string, string>>): Promise<CaseResult>;
    createClient: typeof createClient;
  }
}
