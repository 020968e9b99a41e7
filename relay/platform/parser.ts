// DuckDB's parse of a text, for shared/sql/calls/judge.ts: on a connection of its own, on which nothing else ever runs.
// The text is a value of a prepared statement, which parses it and neither binds nor runs it.
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Parser } from '../../shared/sql/calls/judge.ts';

/** Bytes of a parse that are looked through at most: about a third of a million constants. */
const largestParse = 64 * 1024 * 1024;

const serialize = `
  SELECT CASE WHEN strlen(parsed) <= ${largestParse} THEN parsed END
  FROM (SELECT json_serialize_sql($1::VARCHAR)::VARCHAR AS parsed)`;
const find = 'SELECT count(*) > 0 FROM duckdb_functions() WHERE lower(function_name) = $1';

export class NativeParser implements Parser {
  readonly #connection: DuckDBConnection;
  readonly #statements = new Map<string, Promise<DuckDBPreparedStatement>>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async serialize(sql: string): Promise<string | undefined> {
    const answer = await this.#ask(serialize, sql);
    return typeof answer === 'string' ? answer : undefined;
  }

  async hasFunction(name: string): Promise<boolean> {
    return (await this.#ask(find, name)) === true;
  }

  /** Closes the connection once it has answered everything. */
  async close(): Promise<void> {
    await this.#work;
    this.#connection.closeSync();
  }

  /** One question after the other: a prepared statement has one set of values. */
  #ask(question: string, value: string): Promise<unknown> {
    const answer = this.#work.then(async () => {
      let statement = this.#statements.get(question);
      if (!statement) this.#statements.set(question, (statement = this.#connection.prepare(question)));
      const prepared = await statement;
      prepared.bindVarchar(1, value);
      return (await prepared.runAndReadAll()).value(0, 0);
    });
    this.#work = answer.catch(() => undefined); // told to who asked
    return answer;
  }
}
