// What the codec's Worker is asked and answers. Every request but `start` is answered once, in order.
import type { ParquetWriteOptions } from '../../../shared/platform.ts';
import type { ColumnEncoding } from './encodings.ts';

export interface EncodeOptions extends ParquetWriteOptions {
  /** The other columns are left to the writer. */
  readonly columns: readonly ColumnEncoding[];
}

export type CodecRequest =
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
  /** The pieces of the file that are ready. */
  | { readonly kind: 'bytes'; readonly pieces: readonly Uint8Array[] }
  | { readonly kind: 'failed'; readonly message: string };
