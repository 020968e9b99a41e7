// Rows of what the last run has left, a page at a time, for someone who scrolls. Measured in DuckDB-WASM v1.5.6 with ten
// million rows: 200 rows from anywhere in a table take 6 ms by rowid and up to 35 ms by OFFSET; a view with a filter
// takes 300 ms each time, and one over a file reads the file again. So a view that is scrolled is kept as a table.
import { asSluiceError, cancelled, failure, isCancelled } from '../errors.ts';
import { maskedError, type Mask } from '../pipeline/load.ts';
import type { Engine, Work } from '../platform.ts';
import type { RelationName, RowsPage } from '../protocol/worker.ts';
import type { Dialect } from '../sql/dialect.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { countRows, readRows } from '../values/read.ts';
import { previewOf } from './show.ts';

/** The schema of the tables that views are kept as. */
const keptSchema = 'kept';
const schemaOf = { stage: 'main', table: 'workspace' } as const;

interface Held {
  /** The relation as SQL names it. */
  readonly sql: string;
  /** Rows of a table; a view's are not known. */
  readonly rows?: number;
  readonly kept: boolean;
  /** Whether `rowid` is the position of a row: true for a table unless it has a column of that name. */
  readonly numbered: boolean;
}

/** What a run that has ended says of the relations that it has left. */
export interface FinishedRun {
  readonly dialect: Dialect;
  /** Hides its secrets. */
  readonly mask: Mask;
}

/** A relation as a query, to be run in the dialect; what is told of that is to be masked. */
export interface WholeRelation extends FinishedRun {
  readonly query: string;
  /** Where their number is known. */
  readonly rows?: number;
}

export class RelationPages {
  readonly #engine: Engine;
  #run: FinishedRun = { dialect: 'duckdb', mask: (text) => text };
  readonly #held = new Map<string, Held>();
  readonly #keeping = new Map<string, Promise<Held>>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Says which run has left the relations: its views are read in its dialect, and its secrets are told to nobody. */
  readFrom(run: FinishedRun): void {
    this.#run = run;
  }

  /** At most `limit` rows from `offset` on. Past the first page a view is computed once and kept; that may take a while. */
  async page(relation: RelationName, offset: number, limit: number, given: Work = {}): Promise<RowsPage> {
    const { dialect, mask } = this.#run;
    const work = { dialect, ...given };
    try {
      let held = await this.#find(relation, work);
      if (held.rows === undefined && offset > 0) held = await this.#keep(relation, work);
      const { kept, rows } = held;
      const preview = await previewOf(this.#engine, pageQuery(held, offset, limit), limit, work, Infinity);
      const whole = rows ?? (preview.truncated ? undefined : preview.rows);
      return {
        ...preview,
        truncated: whole === undefined || offset + preview.rows < whole,
        kept,
        ...(whole === undefined ? {} : { total: whole }),
      };
    } catch (thrown) {
      throw maskedError(unseen(thrown, relation), mask);
    }
  }

  /** All rows as a query, and their number where it is known; of the kept table where there is one. */
  async whole(relation: RelationName, work: Work = {}): Promise<WholeRelation> {
    const { dialect, mask } = this.#run;
    const { sql, rows } = await this.#find(relation, { dialect, ...work }).catch((thrown: unknown) => {
      throw maskedError(thrown, mask);
    });
    return { query: `SELECT * FROM ${sql}`, dialect, mask, ...(rows === undefined ? {} : { rows }) };
  }

  /** Forgets what is known of the relations, which are about to change, and frees the kept tables. */
  async release(): Promise<void> {
    this.#held.clear();
    await this.#engine.execute(`DROP SCHEMA IF EXISTS ${keptSchema} CASCADE`);
  }

  async #find(relation: RelationName, work: Work): Promise<Held> {
    const known = this.#held.get(keyOf(relation));
    if (known) return known;
    const schema = schemaOf[relation.kind];
    const [name, sql] = [quoteLiteral(relation.name), `${schema}.${quoteIdentifier(relation.name)}`];
    const [view] = await readRows(
      this.#engine,
      `SELECT true AS v FROM duckdb_views() WHERE schema_name = '${schema}' AND view_name = ${name}`,
      work,
    );
    const held = view ? { sql, kept: false, numbered: false } : await this.#table(sql, false, work);
    this.#held.set(keyOf(relation), held);
    return held;
  }

  async #table(sql: string, kept: boolean, work: Work): Promise<Held> {
    const rows = await countRows(this.#engine, sql, work);
    const columns = await this.#engine.describe(`SELECT * FROM ${sql}`, work);
    const numbered = columns.every(({ name }) => name.toLowerCase() !== 'rowid');
    return { sql, rows, kept, numbered };
  }

  /**
   * Those who ask for the same view at once wait for the same table, each until its own cancel; where that of the one who
   * began it has ended the work, another begins anew.
   */
  async #keep(relation: RelationName, work: Work): Promise<Held> {
    const key = keyOf(relation);
    let keeping = this.#keeping.get(key);
    if (!keeping) {
      const begun = this.#materialise(relation, work).finally(() => {
        if (this.#keeping.get(key) === begun) this.#keeping.delete(key);
      });
      this.#keeping.set(key, (keeping = begun));
    }
    try {
      return await untilCancelled(keeping, work.signal);
    } catch (thrown) {
      if (!isCancelled(thrown) || work.signal?.aborted) throw thrown;
      return await this.#keep(relation, work);
    }
  }

  async #materialise(relation: RelationName, work: Work): Promise<Held> {
    const view = quoteIdentifier(relation.name);
    await this.#engine.execute(`CREATE SCHEMA IF NOT EXISTS ${keptSchema}`, work);
    await this.#engine.execute(`CREATE OR REPLACE TABLE ${keptSchema}.${view} AS FROM main.${view}`, work);
    const held = await this.#table(`${keptSchema}.${view}`, true, work);
    this.#held.set(keyOf(relation), held);
    return held;
  }
}

/** The outcome of work that may be somebody else's, or `run.cancelled` as soon as the signal is aborted. */
async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function pageQuery({ sql, rows, numbered }: Held, offset: number, limit: number): string {
  if (rows === undefined) return `SELECT * FROM ${sql} LIMIT ${limit + 1}`;
  if (numbered) return `SELECT * FROM ${sql} WHERE rowid >= ${offset} AND rowid < ${offset + limit}`;
  return `SELECT * FROM ${sql} LIMIT ${limit} OFFSET ${offset}`;
}

function keyOf({ kind, name }: RelationName): string {
  return `${kind} ${name}`;
}

function unseen(thrown: unknown, { kind, name }: RelationName): unknown {
  const error = asSluiceError(thrown);
  if (error.code !== 'sql.binding' && error.code !== 'sql.failed') return error;
  const hint = kind === 'stage' ? 'Run the pipeline again.' : 'Run the pipeline that keeps it again.';
  return failure(kind === 'table' ? 'table.not_found' : 'sql.failed', `The rows of ${name} cannot be shown.`, {
    cause: thrown,
    hint,
  });
}
