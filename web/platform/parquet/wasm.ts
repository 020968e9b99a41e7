// parquet-wasm's code: fetched when the first Parquet file is read or written, compiled while it streams, once.
import wasmAddress from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { failure } from '../../../shared/errors.ts';

let compiled: Promise<WebAssembly.Module> | undefined;

/** Fails with engine.failed; the next call then tries again. */
export async function compiledParquet(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compileStreaming(fetch(wasmAddress));
  try {
    return await compiled;
  } catch (thrown) {
    compiled = undefined;
    throw failure('engine.failed', 'The Parquet reader could not be loaded.', { cause: thrown });
  }
}
