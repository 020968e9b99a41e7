// parquet-wasm in this Worker, synchronous, because DuckDB waits for the rows. One instance serves all scans until it
// panics or has grown large: an instance is beyond use after a panic, and its memory never shrinks.
import type { RecordBatch } from 'apache-arrow';
import * as glue from 'parquet-wasm-glue';
import { borrowBatch } from './ffi.ts';
import { compiledParquet } from './wasm.ts';

/** Bytes of memory beyond which an instance is not used again. */
const largeMemory = 256 * 1024 * 1024;

/** Rows of a batch at most, so that the copy of one in DuckDB's memory stays small; DuckDB takes 2,048 at a time. */
const batchRows = 16 * 2048;

let code: WebAssembly.Module | undefined;
let memory: WebAssembly.Memory | undefined;

export interface Stretch {
  /** Rows to pass over, and rows to decode after them. */
  readonly offset: number;
  readonly limit: number;
}

/** Loads the code; nothing can be decoded before. Fails with engine.failed. */
export async function prepareDecoder(): Promise<void> {
  code ??= await compiledParquet();
}

/** Decodes rows of a whole file; each batch is valid until the next one is asked for. Throws what parquet-wasm throws. */
export function* decode(file: Uint8Array, { offset, limit }: Stretch): Generator<RecordBatch, void, void> {
  const used = start();
  let stream: glue.FFIStream | undefined;
  try {
    stream = glue.readParquet(file, { batchSize: Math.min(limit, batchRows), offset, limit }).intoFFI();
    for (let index = 0; index < stream.numArrays(); index++) {
      yield borrowBatch(used, stream.schemaAddr(), stream.arrayAddr(index));
    }
  } catch (thrown) {
    if (thrown instanceof WebAssembly.RuntimeError) discard();
    throw thrown;
  } finally {
    if (memory === used) stream?.free();
    else stream?.__destroy_into_raw();
    if (memory === used && used.buffer.byteLength > largeMemory) discard();
  }
}

/** Bytes that the decoder's memory takes. */
export function decoderMemory(): number {
  return memory?.buffer.byteLength ?? 0;
}

function start(): WebAssembly.Memory {
  if (memory) return memory;
  if (!code) throw new Error('The Parquet decoder was not prepared.');
  const instance = new WebAssembly.Instance(code, { './parquet_wasm_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  memory = glue.wasmMemory();
  return memory;
}

function discard(): void {
  // The glue keeps views of the memory for as long as they are not detached, which growing by nothing does.
  memory?.grow(0);
  memory = undefined;
}
