// parquet-wasm's JavaScript without an instance of its own, which the package has but does not export: the alias
// `parquet-wasm-glue` in the Vite configs names its file. An instance can so be replaced after a panic.
declare module 'parquet-wasm-glue' {
  export interface ReaderOptions {
    /** Rows of a batch at most. */
    readonly batchSize: number;
    /** Rows to pass over, and rows to read after them. */
    readonly offset: number;
    readonly limit: number;
  }

  export class Table {
    /** Hands the batches over as structures of the Arrow C Data Interface; the table is then gone. */
    intoFFI(): FFIStream;
  }

  export class FFIStream {
    /** Answers the stream's address and forgets it: what is called of it is called of its own instance. */
    __destroy_into_raw(): number;
  }

  /** Decodes a whole file. Throws an error that parquet-wasm tells, or a RuntimeError when it panics. */
  export function readParquet(file: Uint8Array, options: ReaderOptions): Table;
  export function wasmMemory(): WebAssembly.Memory;
  /** Takes the exports of the instance to work with. */
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
