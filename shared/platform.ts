// The seam: what a place must provide to run a pipeline. `web/platform` and `relay/platform` fill it in, file by file.
import type { RecordBatch } from 'apache-arrow';
import type { Dialect } from './sql/dialect.ts';
import type { Issue } from './errors.ts';

/** One place that can run pipelines: a browser tab or a relay. */
export interface Platform {
  readonly kind: 'browser' | 'relay';
  readonly engine: Engine;
  readonly files: Files;
  /** Present where DuckDB itself cannot read and write Parquet. */
  readonly parquet?: ParquetCodec;
  close(): Promise<void>;
}

/** A column: its name and its DuckDB type as `DESCRIBE` prints it, such as `DECIMAL(18,3)` or `STRUCT(a INTEGER)[]`. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A relation as a query sees it. */
export interface Relation {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** What DuckDB's binder says of a query: its columns, and how often it scans each relation. */
export interface Binding {
  readonly columns: readonly Column[];
  readonly scans: ReadonlyMap<string, number>;
  /** Its columns come from the rows that it reads, as those of a PIVOT without IN do; `columns` is empty. */
  readonly dynamic: boolean;
}

/** What every piece of work accepts. */
export interface Work {
  /** Ends the work with `run.cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Whose functions a statement means, which is given in DuckDB's words (sql/translate.ts); DuckDB's when absent. */
  readonly dialect?: Dialect | undefined;
  /** Called with the share done, 0 to 1, never falling. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** The rows of a query. Batches hold every value exactly (see values/transport.ts) and must be drained or returned. */
export interface Rows {
  readonly columns: readonly Column[];
  readonly batches: AsyncIterableIterator<RecordBatch>;
}

/** A node of DuckDB's physical plan, as `EXPLAIN (FORMAT JSON)` gives it. */
export interface PlanNode {
  readonly name: string;
  readonly details: Readonly<Record<string, string | readonly string[]>>;
  /** What it did when the query was run for its measurements: rows that came out of it, its own milliseconds. */
  readonly measured?: { readonly rows: number; readonly milliseconds: number };
  readonly children: readonly PlanNode[];
}

/** DuckDB. Every call may run beside the others, rejects with a SluiceError, and rejects when the engine dies. */
export interface Engine {
  /** DuckDB's version, such as `v1.5.6`. */
  readonly version: string;
  /** The formats that DuckDB reads and writes here without our help. */
  readonly formats: ReadonlySet<'csv' | 'json' | 'parquet'>;
  /** Settles, never rejects, with the reason when the engine has died. */
  readonly died: Promise<Error>;
  /** Runs one statement for its effect and answers how many rows it touched, where DuckDB says so. */
  execute(statement: string, work?: Work): Promise<number | undefined>;
  /** Streams the rows of a query. */
  query(query: string, work?: Work): Promise<Rows>;
  /** The columns of a query, without running it. Fails with sql.syntax or sql.binding at the place in the query. */
  describe(query: string, work?: Work): Promise<Column[]>;
  /** The physical plan of a query, without running it. */
  explain(query: string, work?: Work): Promise<readonly PlanNode[]>;
  /** Runs a query without its rows; the physical plan with what was measured. */
  analyze(query: string, work?: Work): Promise<readonly PlanNode[]>;
  /** Binds a query to relations that need not exist yet; reads and runs nothing. Fails as `describe` does. */
  bind(query: string, relations: readonly Relation[], work?: Work): Promise<Binding>;
  /** Makes table `name` and fills it with the batches that the scan yields for the wanted columns. */
  feed(name: string, columns: readonly Column[], scan: Scan, work?: Work): Promise<number>;
  /**
   * Makes rows readable that our code hands out while statements run, as often as they are read. Present where DuckDB
   * can call our code. The types must be exactly those of the batches (see `PulledScan`).
   */
  pull?(columns: readonly Column[], scan: PulledScan, options?: PullOptions): Promise<Pulled>;
  close(): Promise<void>;
}

/**
 * Rows that DuckDB pulls: synchronous, because DuckDB waits. A batch has the wanted columns in this order, under their
 * names, in the Arrow types that become the columns' types without conversion; its buffers are used only until the next
 * batch is asked for. The iterator is returned early when a statement wants no more. What it throws fails the statement.
 */
export type PulledScan = (columns: readonly string[], pruning: Pruning) => Iterable<RecordBatch>;

/**
 * What a statement wants of the rows: those that meet all conditions of at least one of these lists. A scan may leave
 * out rows that meet none of them, and need not.
 */
export type Pruning = readonly (readonly Condition[])[];

/** A condition on a column cast to `type`. */
export interface Condition {
  readonly column: string;
  /** As DESCRIBE prints it; the column's own where there is no cast. */
  readonly type: string;
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'is null' | 'is not null';
  /** What it is compared with, as DuckDB's text of that type; empty for the last two. */
  readonly value: string;
}

export interface PullOptions {
  /** How many rows there are without pruning. */
  readonly rows?: number;
}

export interface Pulled {
  /** What stands after FROM. */
  readonly expression: string;
  /** Frees it. Statements that still name it fail. */
  close(): void;
}

/** Rows made by code, asked for by column; one batch is held at a time. Columns of a batch are matched by name. */
export type Scan = (columns: readonly string[], signal: AbortSignal | undefined) => AsyncIterable<RecordBatch>;

/** Files by location. Locations are relative paths, or addresses that the platform allows. */
export interface Files {
  /** Opens the one file that the location names: file.not_found, file.ambiguous, file.forbidden. */
  open(location: string, options?: OpenOptions): Promise<OpenFile>;
  /** The files below a folder, or those that match a pattern (locations/glob.ts), by path. Hidden ones are left out. */
  list(location: string, options?: ListOptions): Promise<readonly FoundFile[]>;
  /** What lies under exactly this name, whatever characters it has; undefined for nothing that could be read. */
  kindOf(location: string): Promise<'file' | 'folder' | undefined>;
  /** A file that holds these bytes and has no location, until it is closed; `name` is what messages call it. */
  hold(name: string, bytes: Uint8Array): Promise<OpenFile>;
  /**
   * Starts a file that appears whole at `location` on commit, replacing a file that was there, or not at all; makes
   * nothing that could be seen before. `work` ends a commit that has to wait. Fails with file.exists where a folder is,
   * and with file.forbidden.
   */
  create(location: string, work?: Work): Promise<NewFile>;
  /** Starts a folder that appears whole on commit. `refuse`: file.exists when there is one with something in it. */
  createFolder(location: string, mode: 'refuse' | 'replace'): Promise<NewFolder>;
  remove(location: string): Promise<void>;
}

export interface OpenOptions extends Work {
  /** What the path says of each partition column, decoded; DuckDB then reads it from the file's name. */
  readonly partitions?: readonly (string | null)[];
}

export interface ListOptions extends Work {
  /** Whether the location is the name of a folder, whatever characters of a pattern it has. */
  readonly literal?: boolean;
  /** Told what was left out that would have belonged to the listing. */
  readonly notify?: (issue: Issue) => void;
}

/** A file that a listing found. */
export interface FoundFile {
  /** Opens this very file. */
  readonly location: string;
  /** Its path below the folder, or below the part of the pattern before its first wildcard. */
  readonly below: string;
}

export interface OpenFile {
  /** The path or address that was found. */
  readonly location: string;
  /** What is to be told of the way it was found and opened. */
  readonly notices?: readonly Issue[];
  /** Bytes. */
  readonly size: number;
  /** Whether reading it goes over the network, so that only what is needed should be read. */
  readonly remote?: boolean;
  /** Whether it was decompressed on its way, so that a name that ends in .gz says nothing. */
  readonly decompressed?: boolean;
  /** What its path says of it, as text and decoded, for each partition column that was asked for; null for none. */
  readonly partitionValues?: readonly (string | null)[];
  /** The name under which DuckDB reads this file, until `close`. */
  readonly engineName: string;
  /** The bytes from `start` to `end` (exclusive); fewer at the end of the file. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** The whole file in order, in pieces of at most a few MB. */
  stream(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Fails with file.failed when it is not the file any more that was opened. Absent where nobody can change it. */
  verify?(): Promise<void>;
  close(): Promise<void>;
}

/** A file being written, by DuckDB under `engineName` or by us with `write`, never both. */
export interface NewFile {
  /** The name that DuckDB writes to, by `COPY … (USE_TMP_FILE false)`: this file is a temporary one already. */
  engineName(): Promise<string>;
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the file visible under its location; answers its size in bytes. */
  commit(): Promise<number>;
  /** Leaves no trace. Safe to call at any time, also after commit. */
  abort(): Promise<void>;
}

/** A folder being written, of which nothing is to be seen before the commit. */
export interface NewFolder {
  /** The folder that DuckDB writes to by `COPY … (PARTITION_BY …)`; absent where DuckDB cannot make folders. */
  engineName?(): Promise<string>;
  /** Starts a file at this path below the folder. Its own commit makes it part of the folder. */
  create(path: string): Promise<NewFile>;
  /**
   * Makes the folder visible under its location, instead of what was there. `partitions` is how many folders with files
   * there must be. Fails with file.exists, and with file.partition where there are fewer.
   */
  commit(partitions?: number): Promise<{ readonly files: number; readonly bytes: number }>;
  /** Leaves no trace. Safe to call at any time, also after commit. */
  abort(): Promise<void>;
}

/** Parquet by our own means, one row group at a time. */
export interface ParquetCodec {
  /** Reads the footer: file.corrupt when it is damaged, type.unsupported for a column that would change. */
  open(file: OpenFile, work?: Work): Promise<ParquetFile>;
  /** Encodes batches as they come; yields the file's bytes in order. */
  write(batches: AsyncIterable<RecordBatch>, options: ParquetWriteOptions, work?: Work): AsyncIterable<Uint8Array>;
}

export interface ParquetFile {
  /** The columns as DuckDB's own reader would type them. */
  readonly columns: readonly Column[];
  /** The same columns in the types that the scan has, from which they can be cast. */
  readonly stored: readonly Column[];
  /** The columns' names as the file has them; in `columns` they are distinct without regard to case. */
  readonly names: readonly string[];
  /** Columns whose statistics tell that all their values are within the range of DuckDB's types. */
  readonly bounded: ReadonlySet<string>;
  /** Columns whose values have digits that DuckDB's types do not hold, and what those columns hold. */
  readonly coarser: readonly { readonly column: string; readonly what: string }[];
  readonly rows: number;
  /** Synchronous, whether DuckDB pulls it or it is fed to a table. `onRead` is told the bytes and rows since last time. */
  scan(onRead: (bytes: number, rows: number) => void): PulledScan;
}

export interface ParquetWriteOptions {
  readonly compression: 'uncompressed' | 'snappy' | 'gzip' | 'brotli' | 'lz4' | 'zstd';
  readonly level?: number | undefined;
  /** Rows a row group holds at most. */
  readonly rowGroupSize: number;
}
