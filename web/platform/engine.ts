// DuckDB-WASM as an Engine, in the Worker that hosts the run: no second Worker, no copies between Workers.
import { EngineBase, type Connection } from '../../shared/engine.ts';
import type { Engine } from '../../shared/platform.ts';
import { BrowserConnection } from './connection.ts';
import type { Database } from './database.ts';

export class BrowserEngine extends EngineBase {
  readonly version: string;
  /** JSON and Parquet are extensions of DuckDB that no browser build carries: see formats/json and parquet.ts. */
  readonly formats: Engine['formats'] = new Set(['csv'] as const);
  readonly pull?: NonNullable<Engine['pull']>;
  readonly #database: Database;

  constructor(database: Database) {
    super();
    this.#database = database;
    this.version = database.bindings.getVersion();
    const { pulls } = database;
    if (pulls) this.pull = (columns, scan, options) => Promise.resolve(pulls.pull(columns, scan, options));
    void this.died.then(() => {
      database.dead = true;
    });
  }

  protected connect(): Promise<Connection> {
    return Promise.resolve(new BrowserConnection(this.#database));
  }

  protected shutdown(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }
}
