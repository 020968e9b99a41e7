// Brings DuckDB-WASM up inside this Worker: the .wasm file is fetched once and compiled while it streams.
import wasmAddress from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import {
  BROWSER_RUNTIME as runtime,
  createDuckDB,
  getPlatformFeatures,
  VoidLogger,
  type DuckDBBindings,
} from 'duckdb-blocking';
import { asSluiceError, failure, type SluiceError } from '../../shared/errors.ts';
import { Library } from './capi/library.ts';
import { codeSize } from './code-size.ts';
import { repairRuntime, requireMemory } from './runtime.ts';

let compiled: Promise<WebAssembly.Module> | undefined;
/** Whether the code has come. */
let loaded = false;
let spare: DuckDBInstance | undefined;

/** Called with the bytes that have come, as they travel, and how many there will be. */
type OnLoading = (bytes: number, totalBytes: number) => void;

const listeners = new Set<OnLoading>();

/** Bytes of the code between two reports of how much has come. */
const progressStep = 256 * 1024;

/** The compiled code, which may come from another Worker: compiling it takes longer than all else at a start. */
export const duckdbCode = {
  get: (): Promise<WebAssembly.Module> => (compiled ??= compile()),
  set: (code: WebAssembly.Module): void => {
    compiled ??= Promise.resolve(code);
    loaded = true;
  },
  /** Calls back while the code is on its way. */
  onLoading: (listener: OnLoading): void => {
    if (!loaded) listeners.add(listener);
  },
};

/** One instance of the engine's code, in which databases can be opened one after the other. */
export interface DuckDBInstance {
  readonly bindings: DuckDBBindings;
  /** DuckDB's C API, or why it cannot be had. */
  readonly library: Library | SluiceError;
}

/** An instance without a database in it. Fails with engine.failed. */
export async function instantiateDuckDB(): Promise<DuckDBInstance> {
  if (spare) {
    const instance = spare;
    spare = undefined;
    return instance;
  }
  try {
    return await instantiate();
  } catch (thrown) {
    compiled = undefined;
    throw asSluiceError(thrown, 'engine.failed', 'DuckDB could not be started in this browser.');
  }
}

/** Takes an instance back for the next database, which saves a second; one that has grown is left to the collector. */
export function recycleDuckDB(instance: DuckDBInstance): void {
  if (instance.bindings.mod.HEAPU8.byteLength <= 256 * 1024 * 1024) spare = instance;
}

async function instantiate(): Promise<DuckDBInstance> {
  if (!(await getPlatformFeatures()).wasmExceptions) {
    throw failure('engine.failed', 'This browser is too old for DuckDB.', {
      hint: 'Use a browser of 2022 or later: WebAssembly exceptions are needed.',
    });
  }
  const code = duckdbCode.get();
  repairRuntime(runtime);
  const eh = { mainModule: wasmAddress, mainWorker: '' };
  const bindings = await createDuckDB({ mvp: eh, eh }, new VoidLogger(), runtime);
  const library = await new Promise<DuckDBInstance['library']>((resolve, reject) => {
    let seen: DuckDBInstance['library'] = failure('engine.failed', 'DuckDB was started without its code being seen.');
    bindings.instantiateWasm = (imports, success) => {
      Object.assign(globalThis, { DUCKDB_RUNTIME: runtime });
      code
        .then(async (module) => {
          const instance = await WebAssembly.instantiate(module, imports);
          seen = openLibrary(instance.exports, imports);
          success(instance, module);
        })
        .catch(reject);
      return {};
    };
    bindings.instantiate().then(() => resolve(seen), reject);
  });
  requireMemory(bindings.mod);
  return { bindings, library };
}

function openLibrary(exports: WebAssembly.Exports, imports: WebAssembly.Imports): DuckDBInstance['library'] {
  try {
    return new Library(exports, imports);
  } catch (thrown) {
    return asSluiceError(thrown, 'engine.failed');
  }
}

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmAddress);
  if (!response.ok) {
    throw failure('engine.failed', `DuckDB could not be loaded: the server answered ${response.status}.`);
  }
  // A copy is counted, because browsers keep the compiled code only of a response that came from the network itself.
  if (response.body) void count(response.clone());
  return WebAssembly.compileStreaming(response);
}

/** Tells the listeners how much has come. What fails here fails where the code is compiled, and is told there. */
async function count({ body, headers }: Response): Promise<void> {
  const travelling = Number(headers.get('Content-Length') ?? codeSize);
  let [bytes, told] = [0, 0];
  try {
    for (const reader = body?.getReader(); reader;) {
      const step = await reader.read();
      if (step.done) break;
      bytes += step.value.byteLength;
      if (bytes - told < progressStep) continue;
      told = bytes;
      const share = Math.min(bytes / codeSize, 1);
      for (const listener of listeners) listener(Math.round(share * travelling), travelling);
    }
  } catch {
    return;
  } finally {
    loaded = true;
    listeners.clear();
  }
}
