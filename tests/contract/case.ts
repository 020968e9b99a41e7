// A contract case: one statement about what both platforms do, run unchanged on each.
import type { Platform } from '../../shared/platform.ts';

export interface OpenOptions {
  /** DuckDB's, such as `200MB`. */
  readonly memoryLimit?: string;
  /** Milliseconds without a byte after which a request is given up. */
  readonly stallTimeout?: number;
}

/** What a case may use. Everything is fresh for each case and freed after it. */
export interface ContractContext {
  readonly platform: Platform;
  /** Another platform of the same kind, closed with the case. */
  open(options: OpenOptions): Promise<Platform>;
  /** The address of the server of server.ts, which gives files in good and bad ways. */
  serve(): Promise<string>;
  /** Puts a file where `platform.files.open(path)` finds it: an added file in the browser, the data folder on a relay. */
  addFile(path: string, content: string | Uint8Array): Promise<void>;
  /** A file that was written, or undefined when there is none. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  /** The paths of all files written so far, partial and temporary ones included, sorted. */
  listWritten(): Promise<string[]>;
}

export interface ContractCase {
  readonly name: string;
  /** Answers plain JSON data. */
  readonly run: (context: ContractContext) => Promise<unknown>;
  /** What `run` must answer on both platforms. */
  readonly expected: unknown;
}
