// One DuckDB connection. Statements are polled, never run in one go, so that the Worker keeps hearing messages.
import { DataType, tableFromIPC, type RecordBatch } from 'apache-arrow';
import type { DuckDBBindings } from 'duckdb-blocking';
import type { Connection, RawRows } from '../../shared/engine.ts';
import { cancelled, failure, messageOf } from '../../shared/errors.ts';
import type { Pruning } from '../../shared/platform.ts';
import { Progress } from '../../shared/progress.ts';
import { refusedByName } from '../../shared/sql/calls/named.ts';
import { refusalError } from '../../shared/sql/calls/refusal.ts';
import { isFatal } from '../../shared/sql/failure.ts';
import { encodeBatch } from '../../shared/values/ipc.ts';
import { decodeBatches } from './arrow.ts';
import { progressSettings, type Database } from './database.ts';
import { hasForgotten } from './faults.ts';
import { planStatement, pruningOf } from './scan/pruning.ts';
import { nextTurn, turnIsOver } from './turn.ts';

/** Bytes that are joined before they are decoded: DuckDB hands out about 90 kB at a time. */
const joinSize = 1024 * 1024;

export class BrowserConnection implements Connection {
  readonly #database: Database;
  readonly #bindings: DuckDBBindings;
  #id: number;
  #pruning: ReadonlyMap<string, Pruning> = new Map();
  #running = false;
  #interrupted = false;

  constructor(database: Database) {
    this.#database = database;
    this.#bindings = database.bindings;
    this.#id = this.#connect();
  }

  #connect(): number {
    const id = this.#database.connect();
    this.#bindings.runQuery(id, progressSettings);
    return id;
  }

  begin(): void {
    this.#interrupted = false;
  }

  async start(statement: string, onProgress?: (fraction: number) => void): Promise<RawRows> {
    // Its tab is a sandbox of its own: the names are looked at so that a query means the same here and on a relay.
    const refused = refusedByName(statement);
    if (refused) throw refusalError(statement, refused);
    this.#running = true;
    this.#database.forgetFaults();
    let touched: number | undefined;
    try {
      this.#pruning = this.#pruningOf(statement);
      const progress = onProgress && new Progress(() => this.#database.progressOf(this.#id), onProgress);
      const schema = await this.#begin(statement, progress);
      const batches = this.#batches(statement, schema, progress, (batch) => {
        touched = countOf(batch);
      });
      return { batches, touched: () => touched };
    } catch (thrown) {
      if (!isFatal(thrown)) this.#stop();
      throw thrown;
    }
  }

  /** Runs a statement up to its first rows and answers their schema. */
  async #begin(statement: string, progress?: Progress): Promise<Uint8Array> {
    let schema = this.#call(() => this.#bindings.startPendingQuery(this.#id, statement, true));
    while (schema === null) {
      await nextTurn();
      schema = this.#call(() => this.#bindings.pollPendingQuery(this.#id));
      progress?.look();
    }
    return schema;
  }

  /** What the statement wants of the scans that it reads. Where it fails, so will the statement, and tell why. */
  #pruningOf(statement: string): ReadonlyMap<string, Pruning> {
    const { pulls } = this.#database;
    const explain = pulls?.isEmpty === false ? planStatement(statement) : undefined;
    if (!pulls || explain === undefined) return new Map();
    try {
      const plans = tableFromIPC(this.#bindings.runQuery(this.#id, explain));
      const [kinds, texts] = [plans.getChildAt(0), plans.getChildAt(1)];
      const pairs = Array.from({ length: plans.numRows }, (_, row) => [
        String(kinds?.get(row)),
        String(texts?.get(row)),
      ]);
      return pruningOf(pairs as [string, string][], pulls);
    } catch (thrown) {
      if (isFatal(thrown)) throw thrown;
      return new Map();
    }
  }

  interrupt(): void {
    this.#interrupted = true;
    if (this.#running && !this.#database.dead) this.#bindings.cancelPendingQuery(this.#id);
  }

  async append(table: string, batch: RecordBatch): Promise<void> {
    if (batch.numRows === 0) return;
    if (turnIsOver()) await nextTurn();
    const options = { name: table, schema: 'main', create: false };
    this.#call(() => this.#bindings.insertArrowFromIPCStream(this.#id, encodeBatch(batch), options));
  }

  close(): void {
    if (!this.#database.dead) this.#bindings.disconnect(this.#id);
  }

  async *#batches(
    statement: string,
    schema: Uint8Array,
    progress: Progress | undefined,
    onFirst: (batch: RecordBatch) => void,
  ): AsyncGenerator<RecordBatch, void, void> {
    let messages: Uint8Array[] = [];
    let size = 0;
    let first = true;
    let finished = false;
    try {
      while (!finished) {
        if (turnIsOver()) await nextTurn();
        const message = this.#call(() => this.#bindings.fetchQueryResults(this.#id));
        progress?.look();
        if (message === null) continue;
        finished = message.byteLength === 0;
        messages.push(message);
        size += message.byteLength;
        if (!finished && size < joinSize) continue;
        for (const batch of decodeBatches(schema, messages)) {
          if (first) onFirst(batch);
          first = false;
          yield batch;
        }
        messages = [];
        size = 0;
      }
    } catch (thrown) {
      // DuckDB-WASM forgets why a stream of rows broke off; running the query again, for no rows, tells.
      if (hasForgotten(messageOf(thrown))) await this.#begin(`EXPLAIN ANALYZE\n${statement}`);
      throw thrown;
    } finally {
      if (finished) this.#running = false;
      else this.#stop();
    }
  }

  /** Frees what a statement that did not finish holds, such as open files: DuckDB keeps it until the next statement. */
  #stop(): void {
    this.#running = false;
    if (this.#database.dead) return;
    try {
      this.#bindings.runQuery(this.#id, 'SELECT 1');
    } catch (thrown) {
      if (isFatal(thrown)) throw thrown;
      this.#bindings.disconnect(this.#id);
      this.#id = this.#connect();
    }
  }

  #call<Result>(task: () => Result): Result {
    if (this.#database.dead) throw failure('engine.closed', 'The engine was closed.');
    if (this.#interrupted) throw cancelled();
    // DuckDB opens scans while it is called for one connection: what they leave out is that connection's to say.
    if (this.#database.pulls) this.#database.pulls.pruning = this.#pruning;
    try {
      return task();
    } catch (thrown) {
      throw this.#database.takeFault(thrown);
    }
  }
}

/** DuckDB answers statements without rows with one column, `Count`. */
function countOf(batch: RecordBatch): number | undefined {
  const [field, ...others] = batch.schema.fields;
  if (others.length > 0 || field?.name !== 'Count' || !DataType.isInt(field.type) || batch.numRows !== 1)
    return undefined;
  return Number(batch.getChildAt(0)?.get(0));
}
