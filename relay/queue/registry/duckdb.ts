// The embedded registry: one DuckDB file. DuckDB locks the file while it is open, so that a second process is refused; the
// lock ends with the process, however it ends.
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { messageOf } from '../../../shared/errors.ts';
import type { RunState } from '../../../shared/protocol/relay/runs.ts';
import { quoteLiteral } from '../../../shared/sql/quote.ts';
import type { RunFilter } from '../queue.ts';
import { Commits } from './commits.ts';
import type { Registry, RunChange, RunRecord } from './registry.ts';
import { columns, createTable, errorText, parametersText, recordOf, shortColumns, textOf } from './rows.ts';
import { unopened } from './unopened.ts';

const unended = "state IN ('waiting', 'running')";

export class DuckDBRegistry implements Registry {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #commits: Commits;
  #closed: Promise<void> | undefined;

  /**
   * Fails with command.usage when another process has the file open, with file.corrupt, file.forbidden and storage.full
   * when it cannot be read and written.
   */
  static async open(path: string): Promise<DuckDBRegistry> {
    let instance: DuckDBInstance | undefined;
    try {
      instance = await DuckDBInstance.create(path, {
        ...{ threads: '1', memory_limit: '512MB', autoinstall_known_extensions: 'false' },
        ...{ autoload_known_extensions: 'false', allow_community_extensions: 'false' },
      });
      const connection = await instance.connect();
      await connection.run('SET enable_external_access = false');
      await connection.run(createTable);
      await requireReadable(connection);
      return new DuckDBRegistry(instance, connection);
    } catch (thrown) {
      instance?.closeSync();
      throw unopened(thrown, path);
    }
  }

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
    this.#commits = new Commits(connection);
  }

  accept(run: RunRecord): Promise<boolean> {
    return this.#commits.do(async () => {
      const changed = await this.#change(
        `INSERT INTO runs (id, ordinal, state, submitted_by, parameters, accepted_at, last_sequence)
         SELECT $1, (SELECT coalesce(max(ordinal), 0) + 1 FROM runs), $2, $3, $4, $5, $6
         WHERE NOT EXISTS (SELECT 1 FROM runs WHERE id = $1)`,
        [
          run.id,
          run.state,
          run.submittedBy,
          parametersText(run.parameters),
          BigInt(run.acceptedAt),
          BigInt(run.lastSequence),
        ],
      );
      return changed === 1;
    });
  }

  async get(id: string): Promise<RunRecord | undefined> {
    const [record] = await this.#select('WHERE id = $1', [id]);
    return record;
  }

  unfinished(): Promise<RunRecord[]> {
    return this.#commits.do(() => this.#read(shortColumns, `WHERE ${unended} ORDER BY ordinal`));
  }

  list({ states, submittedBy, before, limit }: RunFilter): Promise<RunRecord[]> {
    const conditions = [
      ...(states ? [states.length === 0 ? 'false' : `state IN (${states.map(quoteLiteral).join(', ')})`] : []),
      ...(submittedBy === undefined ? [] : [`submitted_by = ${quoteLiteral(submittedBy)}`]),
      ...(before === undefined ? [] : [`ordinal < (SELECT ordinal FROM runs WHERE id = ${quoteLiteral(before)})`]),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')} `;
    return this.#select(`${where}ORDER BY ordinal DESC LIMIT ${Math.max(0, Math.trunc(limit))}`);
  }

  transition(id: string, from: RunState, to: RunState, change: RunChange): Promise<boolean> {
    const { startedAt, endedAt, rows, error, parameters, lastSequence } = change;
    return this.#commits.do(async () => {
      const changed = await this.#change(
        `UPDATE runs SET state = $3, started_at = coalesce($4::BIGINT, started_at),
           ended_at = coalesce($5::BIGINT, ended_at), rows = coalesce($6::BIGINT, rows),
           error = coalesce($7::VARCHAR, error), parameters = coalesce($8::VARCHAR, parameters),
           last_sequence = coalesce($9::BIGINT, last_sequence)
         WHERE id = $1 AND state = $2`,
        [
          ...[id, from, to, number(startedAt), number(endedAt), number(rows)],
          ...[error ? errorText(error) : null, parameters ? parametersText(parameters) : null, number(lastSequence)],
        ],
      );
      return changed === 1;
    });
  }

  expire(endedBefore: number, keep: number): Promise<string[]> {
    return this.#commits.do(async () => {
      const old = `NOT ${unended} AND (ended_at < $1::BIGINT OR ordinal NOT IN
        (SELECT ordinal FROM runs WHERE NOT ${unended} ORDER BY ordinal DESC LIMIT ${Math.max(0, Math.trunc(keep))}))`;
      const values = [BigInt(Math.trunc(endedBefore))];
      const found = await this.#connection.runAndReadAll(`SELECT id FROM runs WHERE ${old}`, values);
      const ids = found.getRowsJson().map(([id]) => textOf(id));
      if (ids.length > 0) await this.#change(`DELETE FROM runs WHERE ${old}`, values);
      return ids;
    });
  }

  oldest(limit: number): Promise<string[]> {
    return this.#commits.do(async () => {
      const query = `SELECT id FROM runs WHERE NOT ${unended} ORDER BY ordinal LIMIT ${Math.max(0, Math.trunc(limit))}`;
      return (await this.#connection.runAndReadAll(query)).getRowsJson().map(([id]) => textOf(id));
    });
  }

  async forget(id: string): Promise<void> {
    await this.#commits.do(() => this.#change(`DELETE FROM runs WHERE id = $1 AND NOT ${unended}`, [id]));
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#commits.idle();
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #change(statement: string, values: DuckDBValue[]): Promise<number> {
    return (await this.#connection.run(statement, values)).rowsChanged;
  }

  /** What was written before there were limits may be more than can be read: the rest of those runs is answered then. */
  #select(rest: string, values: DuckDBValue[] = []): Promise<RunRecord[]> {
    return this.#commits
      .do(() => this.#read(columns, rest, values))
      .catch(() => this.#commits.do(() => this.#read(shortColumns, rest, values)));
  }

  async #read(what: string, rest: string, values: DuckDBValue[] = []): Promise<RunRecord[]> {
    const result = await this.#connection.runAndReadAll(`SELECT ${what} FROM runs ${rest}`, values);
    return result.getRowsJson().map(recordOf);
  }
}

/** DuckDB looks at a part of a file when it is asked for it: damage is to be told at the start. */
async function requireReadable(connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run(`SELECT max(hash(${columns})) FROM runs`);
  } catch (thrown) {
    // texts may be too long together, which the rows are not
    if (!messageOf(thrown).includes('Out of Memory')) throw thrown;
  }
}

function number(value: number | undefined): bigint | null {
  return value === undefined ? null : BigInt(value);
}
