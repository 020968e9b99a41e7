// How much DuckDB may spill, changed while it works: one of the settings that stay open when the others are locked
// (engine.ts).
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { messageOf } from '../../shared/errors.ts';

/** The name of the setting. */
export const spillSetting = 'max_temp_directory_size';

export class SpillLimit {
  readonly #instance: DuckDBInstance;
  #connection: Promise<DuckDBConnection> | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** Makes a connection when it is first used. */
  constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  /** False, and nothing is changed, where more is spilled than so many bytes. */
  set(bytes: number): Promise<boolean> {
    if (this.#closed) return Promise.resolve(true); // nothing is spilled any more
    const work = this.#set(bytes);
    this.#work = work.catch(() => undefined); // told to who asked
    return work;
  }

  /** Closes the connection once it has done everything. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#work;
    (await this.#connection)?.closeSync();
  }

  async #set(bytes: number): Promise<boolean> {
    const connection = await (this.#connection ??= this.#instance.connect());
    try {
      await connection.run(`SET GLOBAL ${spillSetting} = '${bytes}B'`);
      return true;
    } catch (thrown) {
      if (messageOf(thrown).includes('exceeds the new limit')) return false;
      throw thrown;
    }
  }
}
