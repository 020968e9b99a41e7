// What makes functions of ours known to one open database.
import type { Library, Pointer } from './library.ts';

export interface FunctionHost {
  /** Absent where the self-test has found that the binding does not fit. */
  readonly library: Library | undefined;
  /** DuckDB's own number for a connection to the database, valid during the task. */
  withConnection<Result>(task: (connection: Pointer) => Result): Result;
  /** Keeps an error until the statement has failed with it; answers the message for DuckDB, which stands for it. */
  keepFault(thrown: unknown): string;
}
