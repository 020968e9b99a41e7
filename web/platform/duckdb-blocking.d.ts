// The part of DuckDB-WASM's blocking browser build that we use. The package does not export that build, so the alias
// `duckdb-blocking` in the Vite configs names its file, and its types are declared here.
declare module 'duckdb-blocking' {
  /** The emscripten module of one DuckDB instance. */
  export interface DuckDBModule {
    readonly HEAPU8: Uint8Array;
    /** Addresses from 0 to 2^32; 0 where there is no memory left. */
    _malloc(size: number): number;
    _free(address: number): void;
  }

  /** What was registered under a name. */
  export type RegisteredFile = Blob | Pick<FileSystemSyncAccessHandle, 'getSize' | 'truncate'>;

  /** The functions that DuckDB calls from inside; one object for every instance in a realm. */
  export interface DuckDBRuntime {
    _fileInfoCache: Map<number, unknown>;
    _files: Map<string, RegisteredFile>;
    getFileInfo(module: DuckDBModule, fileId: number): { readonly fileName: string } | null;
    /** Answers the address of what is told of the file; 0 where there is none. */
    openFile(module: DuckDBModule, fileId: number, flags: number): number;
    progressUpdate(done: number, percentage: number, repeat: number): void;
  }

  export interface DuckDBBindings {
    readonly mod: DuckDBModule;
    /** Called once by `instantiate`; replaced by us so that failures surface and the compiled module is reused. */
    instantiateWasm(imports: WebAssembly.Imports, success: InstantiationDone): object;
    instantiate(): Promise<unknown>;
    open(config: { path: string; query?: { queryPollingInterval?: number } }): void;
    getVersion(): string;
    connect(): { useUnsafe<Result>(use: (bindings: DuckDBBindings, id: number) => Result): Result };
    disconnect(connection: number): void;
    /** The Arrow stream's schema message, or null when the query must be polled first. */
    startPendingQuery(connection: number, text: string, streaming: boolean): Uint8Array | null;
    pollPendingQuery(connection: number): Uint8Array | null;
    cancelPendingQuery(connection: number): boolean;
    /** Record batch messages; null: ask again; no bytes: the end. */
    fetchQueryResults(connection: number): Uint8Array | null;
    runQuery(connection: number, text: string): Uint8Array;
    getTableNames(connection: number, text: string): string[];
    insertArrowFromIPCStream(
      connection: number,
      stream: Uint8Array,
      options: { name: string; schema: string; create: boolean },
    ): void;
    registerFileHandle(name: string, handle: unknown, protocol: number, direct: boolean): void;
    dropFile(name: string): void;
  }

  export type InstantiationDone = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

  export const BROWSER_RUNTIME: DuckDBRuntime;
  export class VoidLogger {}
  export function getPlatformFeatures(): Promise<{ readonly wasmExceptions: boolean }>;
  export function createDuckDB(
    bundles: Readonly<Record<'mvp' | 'eh', { mainModule: string; mainWorker: string }>>,
    logger: VoidLogger,
    runtime: DuckDBRuntime,
  ): Promise<DuckDBBindings>;
  /** Makes the call into JavaScript that is under way fail inside DuckDB. */
  export function failWith(module: DuckDBModule, message: string): void;
}
