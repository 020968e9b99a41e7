// One native DuckDB connection: streams a statement's rows as Arrow, takes in Arrow, and can be interrupted.
// What was found out about the binding (@duckdb/node-api 1.5.6) stands where it matters.
import { setImmediate } from 'node:timers/promises';
import {
  StatementType,
  type DuckDBConnection,
  type DuckDBExtractedStatements,
  type DuckDBPreparedStatement,
  type DuckDBResult,
} from '@duckdb/node-api';
import type { RecordBatch } from 'apache-arrow';
import type { Connection, RawRows } from '../../shared/engine.ts';
import { messageOf } from '../../shared/errors.ts';
import { Appending } from './appending.ts';
import { readChunk } from './arrow/read.ts';
import { arrowSchema } from './arrow/types.ts';
import { Progress } from '../../shared/progress.ts';
import type { Judge } from '../../shared/sql/calls/judge.ts';
import { refusalError } from '../../shared/sql/calls/refusal.ts';

const beat = 10; // ms between two looks at a statement that runs
const rerun = 'EXPLAIN ANALYZE\n';

export class NativeConnection implements Connection {
  readonly #connection: DuckDBConnection;
  readonly #judge: Judge;
  readonly #onClosed: (() => void) | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #interrupted = false;
  #progress: Progress | undefined;
  #appending: Appending | undefined;
  #closed: Promise<void> | undefined;

  constructor(connection: DuckDBConnection, judge: Judge, onClosed?: () => void) {
    this.#connection = connection;
    this.#judge = judge;
    this.#onClosed = onClosed;
  }

  begin(): void {
    this.#interrupted = false;
  }

  async start(statement: string, onProgress?: (fraction: number) => void): Promise<RawRows> {
    this.#dropAppended();
    this.#progress = onProgress && new Progress(() => this.#connection.progress.percentage, onProgress);
    // This parses, and says where the text is wrong. Nothing is bound before the judge has spoken.
    const parts = await this.#run(() => this.#connection.extractStatements(statement));
    await this.#run(() => this.#requireHarmless(statement));
    // A PIVOT becomes several statements, of which the last has the rows.
    for (let index = 0; index < parts.count - 1; index++) {
      await this.#prepared(parts, index, (part) => this.#run(() => part.run()));
    }
    return this.#prepared(parts, parts.count - 1, async (part) => {
      const result = await this.#run(() => part.stream());
      const rows = new Touched();
      const query = parts.count === 1 && part.statementType === StatementType.SELECT ? statement : undefined;
      return { batches: this.#batches(result, rows, query), touched: () => rows.count };
    });
  }

  interrupt(): void {
    this.#interrupted = true;
    if (!this.#closed) this.#connection.interrupt();
  }

  async append(table: string, batch: RecordBatch): Promise<void> {
    this.#requireOpen();
    this.#appending ??= await Appending.open(this.#connection, table);
    this.#appending.add(batch);
    await setImmediate(); // appending holds the thread: let timers and sockets speak between two batches
    if (this.#interrupted) throw interrupted();
  }

  flush(): Promise<void> {
    const appending = this.#appending;
    this.#appending = undefined;
    appending?.finish();
    return Promise.resolve();
  }

  close(): void {
    void this.closed();
  }

  /** Closes the connection once what it runs has stopped; resolves then. */
  closed(): Promise<void> {
    this.interrupt();
    this.#closed ??= this.#work.then(() => {
      this.#dropAppended();
      this.#connection.closeSync();
      this.#onClosed?.();
    });
    return this.#closed;
  }

  async *#batches(result: DuckDBResult, touched: Touched, query?: string): AsyncGenerator<RecordBatch, void, void> {
    const isStreaming = (): boolean => result.isStreaming;
    const streamed = isStreaming();
    const types = result.columnTypes();
    const schema = arrowSchema(result.columnNames(), types);
    let ended = false;
    try {
      for (;;) {
        const chunk = await this.#run(() => result.fetchChunk());
        if (!chunk || chunk.rowCount === 0) break;
        const batch = readChunk(schema, types, chunk);
        if (!streamed) touched.read(batch);
        this.#progress?.look();
        yield batch;
      }
      ended = true;
      // A stream that fails ends like a complete one (the binding drops the error), but then no longer says that it streams.
      if (streamed && !isStreaming()) throw await this.#reason(query);
    } finally {
      if (!ended) await this.#abandon(result);
    }
  }

  /** Why a stream broke off: found by running the query once more, without its rows. */
  async #reason(query: string | undefined): Promise<Error> {
    const silent = new Error('The query failed after its first rows, and DuckDB does not say why.');
    if (query === undefined) return silent;
    try {
      await this.#run(() => this.#connection.run(rerun + query));
      return silent;
    } catch (thrown) {
      const position = /"position":"(\d+)"/;
      return new Error(
        messageOf(thrown).replace(position, (_, at: string) => `"position":"${Number(at) - rerun.length}"`),
        { cause: thrown },
      );
    }
  }

  /** Ends a stream that nobody wants to the end, so that DuckDB frees what it holds. */
  async #abandon(result: DuckDBResult): Promise<void> {
    if (!result.isStreaming || this.#closed) return;
    this.#connection.interrupt();
    const last = result.fetchChunk().then(
      () => undefined,
      () => undefined, // that it was interrupted
    );
    this.#work = last;
    await last;
  }

  async #prepared<T>(
    parts: DuckDBExtractedStatements,
    index: number,
    task: (part: DuckDBPreparedStatement) => Promise<T>,
  ): Promise<T> {
    const part = await this.#run(() => parts.prepare(index));
    try {
      return await task(part);
    } finally {
      part.destroySync();
    }
  }

  async #requireHarmless(statement: string): Promise<void> {
    const refused = await this.#judge.refusalOf(statement);
    if (refused) throw refusalError(statement, refused);
  }

  /** Does one native call, and looks after it while it runs on DuckDB's thread. */
  async #run<T>(call: () => Promise<T>): Promise<T> {
    this.#requireOpen();
    if (this.#interrupted) throw interrupted();
    const work = call();
    this.#work = work.catch(() => undefined); // only for `closed`; the outcome goes to the caller
    const timer = setInterval(() => {
      // DuckDB forgets an interrupt that comes before its thread has begun, so it is told again.
      if (this.#interrupted) this.#connection.interrupt();
      this.#progress?.look();
    }, beat);
    try {
      return await work;
    } catch (thrown) {
      throw new Error(messageOf(thrown).replace(/^Failed to extract statements: /, ''), { cause: thrown });
    } finally {
      clearInterval(timer);
    }
  }

  /** Forgets rows that were appended and never flushed, because what appended them failed. */
  #dropAppended(): void {
    this.#appending?.discard();
    this.#appending = undefined;
  }

  #requireOpen(): void {
    if (this.#closed) throw new Error('The connection is closed.');
  }
}

/** What DuckDB says of an interrupted statement. */
function interrupted(): Error {
  return new Error('INTERRUPT Error: Interrupted!');
}

/** The number that DuckDB answers to COPY, CREATE TABLE AS, INSERT and their like: one row with one column, Count. */
class Touched {
  count: number | undefined;

  read(batch: RecordBatch): void {
    if (batch.numCols !== 1 || batch.schema.fields[0]?.name !== 'Count') return;
    const count: unknown = batch.getChildAt(0)?.get(0);
    if (typeof count === 'bigint') this.count = Number(count);
  }
}
