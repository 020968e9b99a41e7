// parquet-wasm in this Worker, synchronous, because DuckDB waits for the rows. Scans share one instance until it panics or
// has grown large: an instance is beyond use after a panic, and its memory never shrinks. Then new scans get another,
// and those that use the old one end on it.
import type { RecordBatch } from 'apache-arrow';
import * as glue from 'parquet-wasm-glue';
import { borrowBatch } from './ffi.ts';
import { compiledParquet } from './wasm.ts';

/** Bytes of memory beyond which an instance is not used again. */
const largeMemory = 256 * 1024 * 1024;

/** Rows of a batch at most, so that the copy of one in DuckDB's memory stays small; DuckDB takes 2,048 at a time. */
const batchRows = 16 * 2048;

let code: WebAssembly.Module | undefined;
let largest = largeMemory;
/** The instance that new scans use, to which the glue's functions are bound. */
let current: DecoderInstance | undefined;

export interface Stretch {
  /** Rows to pass over, and rows to decode after them. */
  readonly offset: number;
  readonly limit: number;
}

export interface DecoderOptions {
  /** Bytes of memory beyond which an instance is not used again; 256 MiB when absent. */
  readonly largestMemory?: number;
}

/** Loads the code; nothing can be decoded before. Fails with engine.failed. */
export async function prepareDecoder({ largestMemory = largeMemory }: DecoderOptions = {}): Promise<void> {
  largest = largestMemory;
  code ??= await compiledParquet();
}

/**
 * Decodes rows of a whole file; each batch is valid until the next one is asked for, by this scan or another. Throws what
 * parquet-wasm throws.
 */
export function* decode(file: Uint8Array, { offset, limit }: Stretch): Generator<RecordBatch, void, void> {
  const instance = (current ??= new DecoderInstance());
  const { memory, exports } = instance;
  let stream: number | undefined;
  instance.users++;
  try {
    stream = glue
      .readParquet(file, { batchSize: Math.min(limit, batchRows), offset, limit })
      .intoFFI()
      .__destroy_into_raw();
    const batches = exports.ffistream_numArrays(stream) >>> 0;
    for (let index = 0; index < batches; index++) {
      const schema = exports.ffistream_schemaAddr(stream) >>> 0;
      yield borrowBatch(memory, schema, exports.ffistream_arrayAddr(stream, index) >>> 0);
    }
  } catch (thrown) {
    if (thrown instanceof WebAssembly.RuntimeError) instance.panicked = true;
    throw thrown;
  } finally {
    if (stream !== undefined && !instance.panicked) exports.__wbg_ffistream_free(stream, 0);
    instance.users--;
    if (instance.panicked || memory.buffer.byteLength > largest) instance.retire();
  }
}

/** Bytes that the memory takes of the decoder that new scans use. */
export function decoderMemory(): number {
  return current?.memory.buffer.byteLength ?? 0;
}

/** What is called of an instance beside the glue, which knows only one. Addresses are signed. */
interface DecoderExports {
  ffistream_numArrays(stream: number): number;
  ffistream_schemaAddr(stream: number): number;
  ffistream_arrayAddr(stream: number, index: number): number;
  __wbg_ffistream_free(stream: number, free: 0): void;
}

class DecoderInstance {
  readonly memory: WebAssembly.Memory;
  readonly exports: DecoderExports;
  /** Scans under way. */
  users = 0;
  panicked = false;

  /** Binds the glue to the new instance. */
  constructor() {
    if (!code) throw new Error('The Parquet decoder was not prepared.');
    const instance = new WebAssembly.Instance(code, { './parquet_wasm_bg.js': { ...glue } });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports['__wbindgen_start'] as () => void)();
    this.memory = glue.wasmMemory();
    this.exports = instance.exports as unknown as DecoderExports;
  }

  /** Is not given to new scans any more. */
  retire(): void {
    if (current !== this) return;
    current = undefined;
    // The glue keeps views of the memory for as long as they are not detached, which growing by nothing does. The batch that
    // another scan may have lent has been copied by then.
    this.memory.grow(0);
  }
}
