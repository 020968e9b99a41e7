// What the codec's Worker is asked and answers. Every request but `start` is answered once, in order.
import type { ParquetWriteOptions } from '../../../shared/platform.ts';

export interface EncodeOptions extends ParquetWriteOptions {
  /** Columns of whole numbers, dates and times. */
  readonly integers: readonly string[];
  /** Columns of floating-point numbers. */
  readonly floats: readonly string[];
  /** Columns whose values hardly repeat, for which a dictionary is no use. */
  readonly distinct: readonly string[];
}

export type CodecRequest =
  /** Decodes these columns, a row group at a time. Answer: `done`. */
  | { readonly kind: 'read'; readonly file: Blob; readonly columns: readonly string[]; readonly batchSize: number }
  /** Answer: `batch`, or `done` at the end. */
  | { readonly kind: 'next' }
  /** Encodes. Answer: `done`. */
  | { readonly kind: 'write'; readonly options: EncodeOptions }
  /** Batches as one IPC stream. Answer: `bytes`. */
  | { readonly kind: 'append'; readonly batches: Uint8Array }
  /** Answer: `bytes`, the last ones. */
  | { readonly kind: 'finish' };

/** First message: parquet-wasm, compiled. */
export type ToCodec = { readonly kind: 'start'; readonly module: WebAssembly.Module } | CodecRequest;

export type FromCodec =
  | { readonly kind: 'done' }
  /** One batch as an IPC stream. */
  | { readonly kind: 'batch'; readonly batch: Uint8Array }
  /** The pieces of the file that are ready. */
  | { readonly kind: 'bytes'; readonly pieces: readonly Uint8Array[] }
  | { readonly kind: 'failed'; readonly message: string };
