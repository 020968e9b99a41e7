// The engine base: lifecycle, cancellation and supervision for both engines, which supply the hooks below.
// Every call races the death of the engine, and whatever is thrown becomes a SluiceError here.
import type { RecordBatch } from 'apache-arrow';
import { cancelled, failure, messageOf, SluiceError } from './errors.ts';
import { Lifeline } from './lifeline.ts';
import type { Binding, Column, Engine, PlanNode, Relation, Rows, Scan, Work } from './platform.ts';
import { drain, pairs, type Connection, type RawRows } from './sql/connection.ts';
import { analysisOf, planOf, scansOf } from './sql/plan.ts';
import { supplyMacros } from './sql/datafusion/supply.ts';
import { searchPath, type Dialect } from './sql/dialect.ts';
import { fromDuckDB, isFatal, reasonOfDeath } from './sql/failure.ts';
import { quoteIdentifier } from './sql/quote.ts';
import { identifierCount, wrapQuery, type WrappedQuery } from './sql/statement.ts';
import { isWord, tokensOf } from './sql/tokens.ts';
import { transportQuery } from './values/transport.ts';

export type { Connection, RawRows } from './sql/connection.ts';

export abstract class EngineBase implements Engine {
  abstract readonly version: string;
  abstract readonly formats: Engine['formats'];
  readonly #life = new Lifeline();
  readonly #idle: Connection[] = [];
  readonly #busy = new Set<Connection>();
  /** What each connection is set to. */
  readonly #dialects = new WeakMap<Connection, Dialect>();
  /** The macros that exist. */
  readonly #macros = new Set<string>();
  #supply: Promise<void> = Promise.resolve();

  /** Opens one more connection with the engine's settings; `kept` is false for one that is closed after its first work. */
  protected abstract connect(kept: boolean): Promise<Connection>;
  /** What DuckDB says, without what is nobody's business, such as paths of the machine. */
  protected tellable(message: string): string {
    return message;
  }

  /** Frees the database. Called once, after the last call has been told that the engine is closed. */
  protected abstract shutdown(): Promise<void>;

  get died(): Promise<SluiceError> {
    return this.#life.ended;
  }

  execute(statement: string, work: Work = {}): Promise<number | undefined> {
    return this.#supervise(work, { sql: statement, query: statement, prefix: 0 }, async (connection) => {
      const result = await connection.start(statement, work.onProgress);
      await drain(result);
      return result.touched?.();
    });
  }

  async query(query: string, work: Work = {}): Promise<Rows> {
    const columns = await this.describe(query, work);
    return { columns, batches: this.#stream(transportQuery(query, columns), work) };
  }

  describe(query: string, work: Work = {}): Promise<Column[]> {
    const wrapped = wrapQuery('DESCRIBE (', query, ')');
    return this.#supervise(work, wrapped, async (connection) => {
      return (await pairs(await connection.start(wrapped.sql))).map(asColumn);
    });
  }

  explain(query: string, work: Work = {}): Promise<readonly PlanNode[]> {
    const wrapped = wrapQuery('EXPLAIN (FORMAT JSON)', query, '');
    return this.#supervise(work, wrapped, async (connection) => {
      return planOf(await pairs(await connection.start(wrapped.sql)), 'physical_plan');
    });
  }

  analyze(query: string, work: Work = {}): Promise<readonly PlanNode[]> {
    const wrapped = wrapQuery('EXPLAIN (ANALYZE, FORMAT JSON)', query, '');
    return this.#supervise(work, wrapped, async (connection) => {
      return analysisOf(await pairs(await connection.start(wrapped.sql, work.onProgress)));
    });
  }

  bind(query: string, relations: readonly Relation[], work: Work = {}): Promise<Binding> {
    const wrapped = wrapQuery('DESCRIBE (', query, ')');
    const task = async (connection: Connection): Promise<Binding> => {
      // Empty tables stand in for the relations, in a schema that no commit ever makes real.
      const run = async (statement: string): Promise<void> => drain(await connection.start(statement));
      await run('BEGIN');
      await run('CREATE SCHEMA planned');
      await run(searchPath('planned', work.dialect ?? 'duckdb'));
      for (const { name, columns } of relations) await run(createTable(name, columns));
      const dynamic = { columns: [], scans: mentionsOf(query, relations), dynamic: true };
      let columns: Column[];
      try {
        columns = (await pairs(await connection.start(wrapped.sql))).map(asColumn);
      } catch (thrown) {
        // A PIVOT has no columns at all where there are no rows, unless some columns are not pivoted.
        if (messageOf(thrown).includes('SELECT list is empty') && (await isDynamic(connection, query))) return dynamic;
        throw thrown;
      }
      // Explaining a PIVOT of this sort takes several statements, of which the last has no plan.
      if (await isDynamic(connection, query)) return dynamic;
      const plans = await pairs(await connection.start(wrapQuery('EXPLAIN (FORMAT JSON)', query, '').sql));
      return { columns, scans: scansOf(planOf(plans, 'logical_plan'), relations), dynamic: false };
    };
    return this.#supervise(work, wrapped, task, { reuse: false });
  }

  feed(name: string, columns: readonly Column[], scan: Scan, work: Work = {}): Promise<number> {
    const statement = createTable(name, columns);
    const wanted = columns.map((column) => column.name);
    return this.#supervise(work, { sql: statement, query: statement, prefix: 0 }, async (connection) => {
      await drain(await connection.start(statement));
      let rows = 0;
      for await (const batch of scan(wanted, work.signal)) {
        if (work.signal?.aborted) throw cancelled();
        await connection.append(name, batch.select(wanted));
        rows += batch.numRows;
      }
      await connection.flush?.();
      return rows;
    });
  }

  async close(): Promise<void> {
    if (this.#life.error) return;
    this.#life.end(failure('engine.closed', 'The engine was closed.'));
    for (const connection of this.#busy) connection.interrupt();
    for (const connection of this.#idle.splice(0)) connection.close();
    await this.shutdown();
  }

  /** Marks the engine as dead: every call under way and every later one rejects with the reason. */
  protected die(thrown: unknown): SluiceError {
    const reason = this.tellable(reasonOfDeath(thrown));
    const error = failure('engine.died', `DuckDB stopped: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`, {
      hint: 'The next run gets a DuckDB of its own. If the same statement ends it again, leave parts of it out to find which.',
    });
    this.#life.end(error);
    return this.#life.error ?? error;
  }

  async #acquire(signal: AbortSignal | undefined, kept = true): Promise<Connection> {
    if (this.#life.error) throw this.#life.error;
    if (signal?.aborted) throw cancelled();
    const connection = (kept ? this.#idle.pop() : undefined) ?? (await this.#connected(kept));
    this.#busy.add(connection);
    connection.begin();
    return connection;
  }

  /** A new connection; one that comes after the engine's end is closed. */
  async #connected(kept: boolean): Promise<Connection> {
    const made = Promise.resolve().then(() => this.connect(kept));
    try {
      return await this.#life.race(made);
    } catch (thrown) {
      if (this.#life.error) void made.then((late) => late.close()).catch(() => undefined); // nobody waits for it
      throw this.#explain(thrown, undefined, { sql: '', query: '', prefix: 0 });
    }
  }

  /** Sets a connection to the dialect of its work, and makes the macros that the statement may call. */
  async #prepare(connection: Connection, { dialect = 'duckdb' }: Work, { sql }: WrappedQuery): Promise<void> {
    if (this.#dialects.get(connection) !== dialect) {
      await drain(await connection.start(searchPath('main', dialect)));
      this.#dialects.set(connection, dialect);
    }
    if (dialect !== 'datafusion') return;
    // One statement's after the other's: two that make the same macro at a time would be in conflict.
    const supply = this.#supply.then(async () => {
      for (const macro of supplyMacros(sql, this.#macros)) await drain(await connection.start(macro));
    });
    this.#supply = supply.catch(() => this.#macros.clear()); // told where it is awaited, which is here
    await supply;
  }

  #release(connection: Connection, reuse = true): void {
    this.#busy.delete(connection);
    if (this.#life.error || !reuse) connection.close();
    else this.#idle.push(connection);
  }

  /** Runs a task on a connection of its own, so that cancelling it touches nothing else. */
  async #supervise<T>(
    work: Work,
    sql: WrappedQuery,
    task: (connection: Connection) => Promise<T>,
    { reuse } = { reuse: true },
  ): Promise<T> {
    const connection = await this.#acquire(work.signal, reuse);
    const prepared = this.#prepare(connection, work, sql);
    try {
      return await this.#race(
        connection,
        work.signal,
        sql,
        prepared.then(() => {
          if (work.signal?.aborted) throw cancelled(); // its interrupt may have found nothing to stop
          return task(connection);
        }),
      );
    } finally {
      this.#release(connection, reuse);
    }
  }

  async *#stream(query: WrappedQuery, work: Work): AsyncGenerator<RecordBatch, void, void> {
    const connection = await this.#acquire(work.signal);
    let batches: RawRows['batches'] | undefined;
    const race = <T>(task: Promise<T>): Promise<T> => this.#race(connection, work.signal, query, task);
    try {
      await race(this.#prepare(connection, work, query));
      ({ batches } = await race(connection.start(query.sql, work.onProgress)));
      for (let step = await race(batches.next()); !step.done; step = await race(batches.next())) yield step.value;
    } finally {
      if (!this.#life.error) await batches?.return?.();
      this.#release(connection);
    }
  }

  /** Waits for a task; a cancel interrupts it and waits until it has stopped, the engine's death does not. */
  async #race<T>(
    connection: Connection,
    signal: AbortSignal | undefined,
    sql: WrappedQuery,
    task: Promise<T>,
  ): Promise<T> {
    const interrupt = (): void => connection.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted) interrupt(); // cancelled before there was a listener, such as between two batches
    try {
      return await this.#life.race(task);
    } catch (thrown) {
      throw this.#explain(thrown, signal, sql);
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  #explain(thrown: unknown, signal: AbortSignal | undefined, sql: WrappedQuery): SluiceError {
    if (this.#life.error) return this.#life.error;
    if (isFatal(thrown)) return this.die(thrown);
    if (signal?.aborted) return cancelled();
    return thrown instanceof SluiceError ? thrown : fromDuckDB(this.tellable(messageOf(thrown)), sql);
  }
}

/** Whether the columns of a query come from its rows, if it binds at all: DuckDB's parser makes no view of it then. */
async function isDynamic(connection: Connection, query: string): Promise<boolean> {
  if (!tokensOf(query).some((token) => isWord(token, 'PIVOT', 'PIVOT_WIDER'))) return false;
  try {
    await drain(await connection.start(wrapQuery('CREATE TEMPORARY VIEW "pivoted" AS FROM (', query, ')').sql));
    return false;
  } catch (thrown) {
    if (messageOf(thrown).includes('pivot elements extracted from the data')) return true;
    throw thrown;
  }
}

/** How often a query may scan each relation, going by its text. */
function mentionsOf(query: string, relations: readonly Relation[]): Map<string, number> {
  const counts = relations.map(({ name }) => [name, identifierCount(query, name)] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}

function createTable(name: string, columns: readonly Column[]): string {
  const definitions = columns.map((column) => `${quoteIdentifier(column.name)} ${column.type}`);
  return `CREATE TABLE ${quoteIdentifier(name)} (${definitions.join(', ')})`;
}

function asColumn([name, type]: readonly [string, string]): Column {
  return { name, type };
}
