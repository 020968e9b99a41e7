// One DuckDB database in this Worker: its settings, its connections and the files it may touch.
import { failWith, type DuckDBBindings } from 'duckdb-blocking';
import { failure, messageOf, type SluiceError } from '../../shared/errors.ts';
import { quoteLiteral } from '../../shared/sql/quote.ts';
import { instantiateDuckDB, recycleDuckDB } from './duckdb.ts';

/** Folders that exist only as names: files to read and files to write, registered one by one. */
const folders = ['in/', 'out/'];
const readBlob = 2; // DuckDBDataProtocol.BROWSER_FILEREADER
const accessFile = 3; // DuckDBDataProtocol.BROWSER_FSACCESS

/** Names are never used twice, not even by another database: DuckDB's glue has one list of files for all. */
let files = 0;

/** Milliseconds that one poll of a query works. */
const pollLength = 8;

/** What DuckDB needs of a file that it writes; offsets and sizes in bytes. Errors thrown here fail its statement. */
export interface WritableFile {
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
}

export class Database {
  readonly bindings: DuckDBBindings;
  /** Set when the instance is beyond use and must not be called any more. */
  dead = false;
  #fault: SluiceError | undefined;

  private constructor(bindings: DuckDBBindings) {
    this.bindings = bindings;
  }

  /** Opens an empty database. `memoryLimit` is DuckDB's, such as `1GB`; its default is 3.1 GiB. */
  static async open(memoryLimit?: string): Promise<Database> {
    const bindings = await instantiateDuckDB();
    bindings.open({ path: ':memory:', query: { queryPollingInterval: pollLength } });
    const database = new Database(bindings);
    const connection = database.connect();
    try {
      for (const setting of settings(memoryLimit)) bindings.runQuery(connection, setting);
    } catch (thrown) {
      throw failure('engine.failed', 'DuckDB refused its settings.', { cause: thrown });
    }
    bindings.disconnect(connection);
    return database;
  }

  /** A new connection's number. */
  connect(): number {
    return this.bindings.connect().useUnsafe((_, id) => id);
  }

  /** Makes a blob readable for DuckDB; answers its name there. */
  registerBlob(basename: string, blob: Blob): string {
    const name = `in/${++files}/${basename}`;
    this.bindings.registerFileHandle(name, blob, readBlob, true);
    return name;
  }

  /** Makes a file writable for DuckDB; answers its name there. Use COPY with `USE_TMP_FILE false`. */
  registerWritable(basename: string, file: WritableFile): string {
    const name = `out/${++files}/${basename}`;
    this.bindings.registerFileHandle(name, this.#guard(file), accessFile, true);
    return name;
  }

  /** Forgets a registered file. Closing it is the owner's work. */
  drop(name: string): void {
    if (!this.dead) this.bindings.dropFile(name);
  }

  /** What a file did wrong during the last statement, which says more than DuckDB's message about it. */
  takeFault(thrown: unknown): unknown {
    const fault = this.#fault ?? unreadable(thrown);
    this.#fault = undefined;
    return fault ?? thrown;
  }

  close(): void {
    if (!this.dead) recycleDuckDB(this.bindings);
    this.dead = true;
  }

  /** An exception must not fly through DuckDB's frames: `failWith` raises one of DuckDB's own. */
  #guard(file: WritableFile): WritableFile {
    const guard = <Result>(task: () => Result, otherwise: Result): Result => {
      try {
        return task();
      } catch (thrown) {
        this.#fault = thrown as SluiceError;
        failWith(this.bindings.mod, messageOf(thrown));
        return otherwise;
      }
    };
    return {
      read: (into, options) => guard(() => file.read(into, options), 0),
      write: (bytes, options) => guard(() => file.write(bytes, options), 0),
      truncate: (size) => guard(() => file.truncate(size), undefined),
      getSize: () => guard(() => file.getSize(), 0),
      flush: () => guard(() => file.flush(), undefined),
    };
  }
}

/** In this order: what is locked last locks the rest. Without the first two, DuckDB tries to download and traps. */
function settings(memoryLimit: string | undefined): string[] {
  return [
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    `SET allowed_directories = [${folders.map(quoteLiteral).join(', ')}]`,
    'SET enable_external_access = false',
    'SET GLOBAL errors_as_json = true', // without GLOBAL it would be this connection's own
    `SET GLOBAL explain_output = 'all'`,
    ...(memoryLimit === undefined ? [] : [`SET memory_limit = ${quoteLiteral(memoryLimit)}`]),
    'SET lock_configuration = true',
  ];
}

/** Browsers refuse to read a file that was changed, moved or deleted after it was added; DuckDB passes their words on. */
function unreadable(thrown: unknown): SluiceError | undefined {
  const message = messageOf(thrown);
  if (!/NotReadableError|NotFoundError/.test(message)) return undefined;
  return failure('file.failed', 'A file could not be read: it was changed, moved or deleted after it was added.', {
    hint: 'Add the file again.',
    cause: thrown,
  });
}
