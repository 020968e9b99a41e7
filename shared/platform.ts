// The seam: what a place must provide to run a pipeline. `web/platform` and `relay/platform` fill it in, file by file.
import type { RecordBatch } from 'apache-arrow';

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
}

/** What every piece of work accepts. */
export interface Work {
  /** Ends the work with `run.cancelled`. */
  readonly signal?: AbortSignal | undefined;
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
  /** Binds a query to relations that need not exist yet; reads and runs nothing. Fails as `describe` does. */
  bind(query: string, relations: readonly Relation[], work?: Work): Promise<Binding>;
  /** Makes table `name` and fills it with the batches that the scan yields for the wanted columns. */
  feed(name: string, columns: readonly Column[], scan: Scan, work?: Work): Promise<number>;
  close(): Promise<void>;
}

/** Rows made by code, asked for by column; one batch is held at a time. Columns of a batch are matched by name. */
export type Scan = (columns: readonly string[], signal: AbortSignal | undefined) => AsyncIterable<RecordBatch>;

/** Files by location. Locations are relative paths, or addresses that the platform allows. */
export interface Files {
  /** Opens the one file that the location names: file.not_found, file.ambiguous, file.forbidden. */
  open(location: string, work?: Work): Promise<OpenFile>;
  /** Starts a file that appears whole at `location` on commit, replacing what was there, or not at all. */
  create(location: string): Promise<NewFile>;
  remove(location: string): Promise<void>;
}

export interface OpenFile {
  /** The path or address that was found. */
  readonly location: string;
  /** Present when the file was found otherwise than by its path; a sentence to tell. */
  readonly notice?: string;
  /** Bytes. */
  readonly size: number;
  /** The name under which DuckDB reads this file, until `close`. */
  readonly engineName: string;
  /** The bytes from `start` to `end` (exclusive); fewer at the end of the file. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** The whole file in order, in pieces of at most a few MB. */
  stream(signal?: AbortSignal): AsyncIterable<Uint8Array>;
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
  readonly rows: number;
  readonly scan: Scan;
}

export interface ParquetWriteOptions {
  readonly compression: 'uncompressed' | 'snappy' | 'gzip' | 'brotli' | 'lz4' | 'zstd';
  readonly level?: number | undefined;
  /** Rows a row group holds at most. */
  readonly rowGroupSize: number;
}
