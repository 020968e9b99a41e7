// One DuckDB database in this Worker: its settings, its connections and the files it may touch.
import { failWith, type DuckDBBindings } from 'duckdb-blocking';
import { asSluiceError, failure, messageOf, type Issue, type SluiceError } from '../../shared/errors.ts';
import { createFunctionSchemas } from '../../shared/sql/dialect.ts';
import { quoteLiteral } from '../../shared/sql/quote.ts';
import { Library, type Pointer } from './capi/library.ts';
import { instantiateDuckDB, recycleDuckDB, type DuckDBInstance } from './duckdb.ts';
import { Faults } from './faults.ts';
import { addFunctions } from './functions/index.ts';
import { loadExtensions, type ExtensionName } from './functions/own-extensions.ts';
import { Pulls } from './scan/pulls.ts';
import { passesSelfTest } from './self-test.ts';

/** Folders that exist only as names: files to read and files to write, registered one by one. */
const folders = ['in/', 'out/'];
const readBlob = 2; // DuckDBDataProtocol.BROWSER_FILEREADER
const accessFile = 3; // DuckDBDataProtocol.BROWSER_FSACCESS

/** Names are never used twice, not even by another database: DuckDB's glue has one list of files for all. */
let files = 0;

/** Bytes from duckdb-wasm's connection to DuckDB's in it, found by trial for 1.33.1-dev65.0; the self-test proves it. */
const connectionOffset = 8;

/** Whether the C API has not failed its test yet, and whether our functions have not. */
let trusted = true;
let functionsTrusted = true;

const missing = 'functions of JSON and of time zones are missing';

/** Bytes of a duckdb_query_progress_type: a double and two 64-bit integers. */
const progressSize = 24;

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

export interface DatabaseOptions {
  /** DuckDB's memory limit, such as `1GB`; its default is 3.1 GiB. */
  readonly memoryLimit?: string | undefined;
  /** The address below which the page's deployer serves DuckDB's own extensions, see docs/extensions.md. */
  readonly extensions?: string | undefined;
}

export class Database {
  readonly bindings: DuckDBBindings;
  /** Set when the instance is beyond use and must not be called any more. */
  dead = false;
  /** DuckDB's C API, where it can be had and has passed its test. */
  readonly library: Library | undefined;
  /** What DuckDB reads by calling our code; present with `library`. */
  readonly pulls: Pulls | undefined;
  /** What is missing of what there should be. */
  readonly notices: Issue[] = [];
  readonly #instance: DuckDBInstance;
  readonly #faults = new Faults();
  /** DuckDB's own extensions, where the page's deployer serves them. */
  #extensions: readonly ExtensionName[] = [];

  private constructor(instance: DuckDBInstance, trusted: boolean) {
    this.#instance = instance;
    this.bindings = instance.bindings;
    this.library = trusted && instance.library instanceof Library ? instance.library : undefined;
    this.pulls = this.library && new Pulls(this, this.library);
  }

  /** Opens an empty database. */
  static async open(options: DatabaseOptions = {}): Promise<Database> {
    const database = await Database.#open(options, trusted);
    // What does not fit this build of DuckDB is left out: without it the engine can do less, and nothing wrong.
    if (!trusted) return database.#lacking('JSON and Parquet files are read whole before the stages', missing);
    if (!passesSelfTest(database)) trusted = false;
    else if (!functionsTrusted) return database.#lacking(missing);
    else if (addFunctions(database, database.#extensions)) return database;
    else functionsTrusted = false;
    database.dead = true;
    return Database.open(options);
  }

  static async #open({ memoryLimit, extensions }: DatabaseOptions, trusted: boolean): Promise<Database> {
    const instance = await instantiateDuckDB();
    const { bindings } = instance;
    bindings.open({ path: ':memory:', query: { queryPollingInterval: pollLength } });
    const database = new Database(instance, trusted);
    try {
      for (const setting of firstSettings) database.run(setting);
      if (extensions !== undefined) {
        const found = await loadExtensions(extensions, bindings.getVersion(), (sql) => database.run(sql));
        database.#extensions = found.loaded;
        database.notices.push(...found.notices);
        if (found.loaded.includes('icu')) database.run(`SET GLOBAL TimeZone = 'UTC'`);
      }
      for (const setting of lastSettings(memoryLimit)) database.run(setting);
    } catch (thrown) {
      throw failure('engine.failed', 'DuckDB refused its settings.', { cause: thrown });
    }
    return database;
  }

  #lacking(...lacks: readonly string[]): this {
    const message = `This page does not fit the DuckDB that it loads: ${lacks.join(', and ')}.`;
    const hint = 'Load the page again. If that does not help, its deployer should build it anew.';
    this.notices.push({ code: 'engine.reduced', severity: 'warning', message, hint });
    return this;
  }

  /** A new connection's number, which is an address. */
  connect(): number {
    return this.bindings.connect().useUnsafe((_, id) => id >>> 0);
  }

  /** A connection as the C API knows it: the bindings' number is the address of an object that holds it. */
  nativeConnection(id: number): Pointer {
    return id + connectionOffset;
  }

  /** How far the statement is that a connection runs, in percent; less than 0 where it is not known. */
  progressOf(id: number): number {
    if (!this.library) return -1;
    const { functions, memory } = this.library;
    const answer = memory.allocate(progressSize);
    functions.duckdb_query_progress(answer, this.nativeConnection(id));
    const percentage = memory.view.getFloat64(answer, true);
    functions.free(answer);
    return percentage;
  }

  /** Lends a connection as the C API knows it. */
  withConnection<Result>(task: (connection: Pointer) => Result): Result {
    const id = this.connect();
    try {
      return task(this.nativeConnection(id));
    } finally {
      this.bindings.disconnect(id);
    }
  }

  /** Runs statements at once, without yielding; answers the last one's rows as Arrow. */
  run(statements: string): Uint8Array {
    const id = this.connect();
    try {
      return this.bindings.runQuery(id, statements);
    } finally {
      this.bindings.disconnect(id);
    }
  }

  /** Makes a blob readable for DuckDB; answers its name there. */
  registerBlob(basename: string, blob: Blob): string {
    const name = `in/${++files}/${basename}`;
    this.bindings.registerFileHandle(name, blob, readBlob, true);
    return name;
  }

  /** Makes readable for DuckDB what code reads while DuckDB waits; answers its name there. */
  registerReadable(basename: string, file: Pick<WritableFile, 'read' | 'getSize'>): string {
    const name = `in/${++files}/${basename}`;
    const refuse = (): never => {
      throw failure('internal', `${basename} can only be read.`);
    };
    const whole = { ...file, write: refuse, truncate: refuse, flush: () => undefined };
    this.bindings.registerFileHandle(name, this.#guard(whole), accessFile, true);
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

  /** Keeps what a file, a scan or a function of ours did wrong, and answers the message for DuckDB to fail with. */
  keepFault(thrown: unknown): string {
    return this.#faults.keep(asSluiceError(thrown));
  }

  /** What one of ours did wrong while a statement failed, which says more than DuckDB's message about it. */
  takeFault(thrown: unknown): unknown {
    return this.#faults.take(messageOf(thrown)) ?? unreadable(thrown) ?? thrown;
  }

  /** A statement begins. */
  forgetFaults(): void {
    this.#faults.clear();
  }

  close(): void {
    if (!this.dead) recycleDuckDB(this.#instance);
    this.dead = true;
  }

  /** An exception must not fly through DuckDB's frames: `failWith` raises one of DuckDB's own. */
  #guard(file: WritableFile): WritableFile {
    const guard = <Result>(task: () => Result, otherwise: Result): Result => {
      try {
        return task();
      } catch (thrown) {
        failWith(this.bindings.mod, this.keepFault(thrown));
        return otherwise;
      }
    };
    return {
      // DuckDB's glue turns what is thrown here into an error of DuckDB's, and would make nonsense of one raised already.
      read: (into, options) => {
        try {
          return file.read(into, options);
        } catch (thrown) {
          throw new Error(this.keepFault(thrown), { cause: thrown });
        }
      },
      write: (bytes, options) => guard(() => file.write(bytes, options), 0),
      truncate: (size) => guard(() => file.truncate(size), undefined),
      getSize: () => guard(() => file.getSize(), 0),
      flush: () => guard(() => file.flush(), undefined),
    };
  }
}

/** Without these DuckDB tries to download extensions by itself, and traps. */
const firstSettings = ['SET autoinstall_known_extensions = false', 'SET autoload_known_extensions = false'];

/** In this order: what is locked last locks the rest. */
function lastSettings(memoryLimit: string | undefined): string[] {
  return [
    `SET allowed_directories = [${folders.map(quoteLiteral).join(', ')}]`,
    'SET enable_external_access = false',
    'SET GLOBAL errors_as_json = true', // without GLOBAL it would be this connection's own
    `SET GLOBAL explain_output = 'all'`,
    ...(memoryLimit === undefined ? [] : [`SET memory_limit = ${quoteLiteral(memoryLimit)}`]),
    ...createFunctionSchemas,
    `SET allowed_configs = ['enable_progress_bar', 'enable_progress_bar_print', 'progress_bar_time']`,
    'SET lock_configuration = true',
  ];
}

/** What a connection needs to know how far its statements are. DuckDB's own bar would compile text to code. */
export const progressSettings =
  'SET enable_progress_bar_print = false; SET enable_progress_bar = true; SET progress_bar_time = 0';

/** Browsers refuse to read a file that was changed, moved or deleted after it was added; DuckDB passes their words on. */
function unreadable(thrown: unknown): SluiceError | undefined {
  const message = messageOf(thrown);
  if (!/NotReadableError|NotFoundError/.test(message)) return undefined;
  return failure('file.failed', 'A file could not be read: it was changed, moved or deleted after it was added.', {
    hint: 'Add the file again.',
    cause: thrown,
  });
}
