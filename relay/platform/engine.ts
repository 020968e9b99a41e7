// DuckDB's native library as an engine: one database in memory, closed off from everything but the data folders.
// The settings and their order come from DuckDB's "Securing DuckDB" and from what was measured on v1.5.6.
import { join } from 'node:path';
import { DuckDBInstance, version, type DuckDBConnection } from '@duckdb/node-api';
import { EngineBase, type Connection } from '../../shared/engine.ts';
import { failure, messageOf, SluiceError } from '../../shared/errors.ts';
import { Judge } from '../../shared/sql/calls/judge.ts';
import { messageAgainst } from '../../shared/sql/calls/refused.ts';
import { createFunctionSchemas } from '../../shared/sql/dialect.ts';
import { readDuckDBMessage } from '../../shared/sql/duckdb-message.ts';
import { quoteLiteral } from '../../shared/sql/quote.ts';
import { NativeConnection } from './connection.ts';
import { NativeParser } from './parser.ts';
import type { PrivateFolder } from './private-folder.ts';
import { bytesOfSize } from './sizes.ts';
import { SpillLimit, spillSetting } from './spill-limit.ts';

export interface NativeEngineOptions {
  /** The folders that DuckDB may read and write, absolute paths without symbolic links. */
  readonly directories: readonly string[];
  /** Where DuckDB spills to, and may read what `links` has. */
  readonly own: Pick<PrivateFolder, 'path' | 'links'>;
  /** DuckDB's `memory_limit`, such as `2GB`; 80 % of the machine's memory when absent. */
  readonly memoryLimit?: string | undefined;
  /** DuckDB's `threads`; one a core when absent. */
  readonly threads?: number | undefined;
  /** DuckDB's `max_temp_directory_size`, such as `10GB`; 90 % of what is free on the disk when absent. */
  readonly maxTemporarySize?: string | undefined;
}

/** Bytes with fewer than which DuckDB may start, and then reads no file: a buffer of its CSV reader has 2 MiB. */
const leastMemory = 8 * 2 ** 20;

export class NativeEngine extends EngineBase {
  readonly version: string;
  readonly formats = new Set(['csv', 'json', 'parquet'] as const);
  readonly #instance: DuckDBInstance;
  /** The connection that DuckDB was set up with, until somebody works on it. */
  #first: NativeConnection | undefined;
  readonly #connections: Set<NativeConnection>;
  readonly #own: NativeEngineOptions['own'];
  readonly #parser: NativeParser;
  readonly #judge: Judge;
  readonly #spillLimit: SpillLimit;
  #closing = false;

  /** Starts DuckDB; `engine.failed` when it does not. */
  static async open(options: NativeEngineOptions): Promise<NativeEngine> {
    const { memoryLimit } = options;
    if (memoryLimit !== undefined && (bytesOfSize(memoryLimit) ?? Infinity) < leastMemory) throw tooSmall(memoryLimit);
    try {
      const instance = await DuckDBInstance.create(':memory:', configuration(options));
      const first = await instance.connect();
      await first.run([...progressSettings, ...settings(options)].join(';\n'));
      const parser = new NativeParser(await instance.connect());
      return new NativeEngine(version(), instance, first, parser, options.own);
    } catch (thrown) {
      throw notStarted(thrown, options);
    }
  }

  private constructor(
    version: string,
    instance: DuckDBInstance,
    first: DuckDBConnection,
    parser: NativeParser,
    own: NativeEngineOptions['own'],
  ) {
    super();
    this.#own = own;
    this.#parser = parser;
    this.#judge = new Judge(parser);
    this.version = version;
    this.#instance = instance;
    this.#spillLimit = new SpillLimit(instance);
    this.#first = new NativeConnection(first, this.#judge);
    this.#connections = new Set([this.#first]);
  }

  /** Sets the bytes that may be spilled, at once; false, and nothing is changed, where there are more already. */
  limitSpill(bytes: number): Promise<boolean> {
    return this.#spillLimit.set(bytes);
  }

  /** One that is closed after its first work tells no progress. */
  protected async connect(kept: boolean): Promise<Connection> {
    const first = kept ? this.#first : undefined;
    if (first) {
      this.#first = undefined;
      return first;
    }
    const native = await this.#instance.connect();
    if (kept) await native.run(progressSettings.join(';\n'));
    const connection = new NativeConnection(native, this.#judge, () => this.#connections.delete(connection));
    this.#connections.add(connection);
    if (this.#closing) await connection.closed(); // what wanted it is told so when it uses it
    return connection;
  }

  /** The folder of the process's own is not shown; links in it stand for files that the document names. */
  protected override tellable(message: string): string {
    const spoken = message.replaceAll(join(this.#own.path, 'spill'), 'the temporary folder');
    const parts = spoken.split(this.#own.path);
    const isLink = (text: string): boolean => text.startsWith(this.#own.links.slice(this.#own.path.length));
    return parts.reduce((told, part) => `${told}${isLink(part) ? this.#own.path : 'the temporary folder'}${part}`);
  }

  protected async shutdown(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#connections].map((connection) => connection.closed()));
    await this.#parser.close();
    await this.#spillLimit.close();
    this.#instance.closeSync();
  }
}

function tooSmall(memoryLimit: string, cause?: string): SluiceError {
  return failure('engine.failed', `A memory limit of ${memoryLimit} is too small for DuckDB.`, {
    hint: 'Give 64MB or more; a pipeline over much data needs 1GB or more.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function notStarted(thrown: unknown, { memoryLimit }: NativeEngineOptions): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  const { type, message: cause } = readDuckDBMessage(messageOf(thrown));
  if (type === 'Out of Memory' && memoryLimit !== undefined) {
    return tooSmall(memoryLimit, cause);
  }
  return failure('engine.failed', 'DuckDB could not be started.', { cause });
}

function configuration({ own, memoryLimit, threads }: NativeEngineOptions): Record<string, string> {
  return {
    errors_as_json: 'true',
    explain_output: 'all',
    temp_directory: join(own.path, 'spill'),
    // DuckDB keeps secrets and extensions under the home folder, so it gets an empty one.
    home_directory: own.path,
    secret_directory: join(own.path, 'secrets'),
    extension_directory: join(own.path, 'extensions'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
    ...(threads === undefined ? {} : { threads: String(threads) }),
  };
}

/** Settings of each connection, so that it reports progress. */
const progressSettings = [
  'SET enable_progress_bar = true',
  'SET enable_progress_bar_print = false',
  'SET progress_bar_time = 0',
];

/** What is set after the settings are locked, by us: no query can set anything (shared/sql/calls/judge.ts). */
const openSettings = ['enable_progress_bar', 'enable_progress_bar_print', 'progress_bar_time', spillSetting];

function settings({ directories, own, maxTemporarySize }: NativeEngineOptions): string[] {
  const folders = [...directories, own.links];
  return [
    // As part of the configuration that a database is opened with, it would be shown and not kept.
    ...(maxTemporarySize === undefined ? [] : [`SET GLOBAL ${spillSetting} = ${quoteLiteral(maxTemporarySize)}`]),
    // The machine's own zone and calendar must not show in results, which are the browser's.
    `SET GLOBAL TimeZone = 'UTC'`,
    `SET GLOBAL Calendar = 'gregorian'`,
    `SET GLOBAL explain_output = 'all'`,
    // DuckDB takes proxies from the environment, with their passwords, and shows them to every query.
    ...['http_proxy', 'http_proxy_username', 'http_proxy_password'].map((name) => `SET GLOBAL ${name} = ''`),
    `SET allowed_directories = [${folders.map(quoteLiteral).join(', ')}]`,
    'SET enable_external_access = false',
    'SET allow_community_extensions = false',
    ...createFunctionSchemas,
    refuseDatabaseFiles,
    `SET allowed_configs = [${openSettings.map(quoteLiteral).join(', ')}]`,
    'SET lock_configuration = true',
  ];
}

/**
 * A name that ends in `.db`, `.ddb` or `.duckdb` makes DuckDB call `read_duckdb`, which no query names then: the name may be
 * computed (`query_table`). It looks the function up as every other, and finds this macro before its own. The error is one
 * of binding, and needs the argument: without it, it would come when the macro is made.
 */
const refuseDatabaseFiles = `CREATE MACRO compat.read_duckdb(path) AS TABLE FROM range(error(concat(${quoteLiteral(
  `${messageAgainst('read_duckdb')} Found: `,
)}, path)))`;
