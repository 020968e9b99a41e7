// The functions that DuckDB-WASM calls for its files (runtime_browser.ts of 1.33.1-dev65.0), where the stock ones are
// wrong or cannot serve a Worker of ours. Changed once a realm; all instances in it share them.
import { failWith, type DuckDBModule, type DuckDBRuntime, type RegisteredFile } from 'duckdb-blocking';

/** What DuckDB reads of an opened file: three doubles, its size, the address of its bytes, and the time of its change. */
const openedSize = 3 * 8;

/** DuckDB's FILE_FLAGS_FILE_CREATE_NEW. */
const createNew = 1 << 4;

const repaired = new WeakSet<DuckDBRuntime>();

export function repairRuntime(runtime: DuckDBRuntime): void {
  if (repaired.has(runtime)) return;
  repaired.add(runtime);
  // The stock one posts progress to the page in a protocol of its own.
  runtime.progressUpdate = () => undefined;
  // The stock ones keep one cache of files for all instances of a realm, though each instance numbers its files from 1.
  const stockInfo = runtime.getFileInfo.bind(runtime);
  let last: DuckDBModule | undefined;
  runtime.getFileInfo = (module, fileId) => {
    if (module !== last) runtime._fileInfoCache.clear();
    last = module;
    return stockInfo(module, fileId);
  };
  // The stock one stores the size at the address `result >> 3`, which is negative from 2 GiB on: DuckDB then takes the
  // file for empty.
  const stockOpen = runtime.openFile.bind(runtime);
  runtime.openFile = (module, fileId, flags) => {
    runtime._fileInfoCache.delete(fileId);
    const name = runtime.getFileInfo(module, fileId)?.fileName;
    const file = name === undefined ? undefined : runtime._files.get(name);
    return file ? open(module, file, flags) : stockOpen(module, fileId, flags);
  };
}

function open(module: DuckDBModule, file: RegisteredFile, flags: number): number {
  if ('truncate' in file && (flags & createNew) !== 0) file.truncate(0);
  const size = 'getSize' in file ? file.getSize() : file.size;
  let opened: number;
  try {
    opened = module._malloc(openedSize);
  } catch (thrown) {
    failWith(module, String(thrown));
    return 0;
  }
  new Float64Array(module.HEAPU8.buffer, opened, 3).set([size, 0, 0]);
  return opened;
}

/**
 * Makes the stock glue fail where there is no memory left: it copies statements and batches to where malloc puts them, also
 * when that is 0, over the engine's own data.
 */
export function requireMemory(module: DuckDBModule): void {
  module._free(module._malloc(1)); // the first call replaces the function
  const malloc = module._malloc;
  module._malloc = (size) => {
    const address = malloc(size);
    if (address === 0 && size > 0) throw new Error('Out of Memory Error: DuckDB has no memory left.');
    return address;
  };
}
