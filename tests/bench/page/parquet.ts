// Parquet from a picked file, in one page: by Sluice's scan, and by duckdb-wasm 1.28.0, the last with Parquet linked in.
import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from 'duckdb-wasm-1.28';
import wasm from 'duckdb-wasm-1.28/dist/duckdb-eh.wasm?url';
import worker from 'duckdb-wasm-1.28/dist/duckdb-browser-eh.worker.js?url';
import type { ParquetAnswer, ParquetRequest } from './parquet-worker.ts';
import { parquetQueries, type ColumnCount } from './parquet-queries.ts';

/** Milliseconds of the first query over a file that was just opened, and of the same again. */
export interface ScanTimes {
  readonly cold: number;
  readonly second: number;
  /** Bytes of the engine's and the decoder's memory. */
  readonly heap: number;
  /** Bytes of the engine's memory before. */
  readonly base: number;
  /** The rows that came back. */
  readonly rows: string;
}

function pickedFile(): File {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('No file was picked.');
  return file;
}

let old: AsyncDuckDB | undefined;

async function openOld(): Promise<AsyncDuckDB> {
  const database = new AsyncDuckDB(new VoidLogger(), new Worker(worker));
  await database.instantiate(wasm);
  await database.open({});
  return database;
}

/** A Worker of its own for every measurement: memory of WebAssembly only grows. */
function ask<Kind extends ParquetRequest['kind']>(
  request: Extract<ParquetRequest, { kind: Kind }>,
): Promise<Extract<ParquetAnswer, { kind: Kind }>> {
  const own = new Worker(new URL('./parquet-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Extract<ParquetAnswer, { kind: Kind }>>((resolve, reject) => {
    own.onmessage = ({ data }: MessageEvent<ParquetAnswer | { readonly kind: 'failed'; readonly message: string }>) => {
      own.terminate();
      if (data.kind === request.kind) resolve(data as Extract<ParquetAnswer, { kind: Kind }>);
      else reject(new Error('message' in data ? data.message : data.kind));
    };
    own.onerror = (event) => reject(new Error(event.message));
    own.postMessage(request);
  });
}

const parquetBench = {
  async scanOld(columns: ColumnCount): Promise<ScanTimes> {
    const database = (old ??= await openOld());
    const file = pickedFile();
    const name = `${performance.now()}.parquet`;
    const query = parquetQueries[columns].replace('FROM orders', `FROM read_parquet('${name}')`);
    const started = performance.now();
    await database.registerFileHandle(name, file, DuckDBDataProtocol.BROWSER_FILEREADER, false);
    const connection = await database.connect();
    const rows = await connection.query(query);
    const cold = performance.now() - started;
    const again = performance.now();
    await connection.query(query);
    const second = performance.now() - again;
    await connection.close();
    await database.dropFile(name);
    return { cold, second, heap: 0, base: 0, rows: String(rows.numRows) };
  },
  async scanOurs(columns: ColumnCount, whole = false): Promise<ScanTimes> {
    return (await ask({ kind: 'scan', file: pickedFile(), query: parquetQueries[columns], whole })).times;
  },
  /** Milliseconds, bytes of the file, and bytes of memory, of so many rows written with zstd. */
  async write(query: string): Promise<{ time: number; size: number }> {
    return (await ask({ kind: 'write', query })).written;
  },
};

declare global {
  interface Window {
    parquetBench: typeof parquetBench;
  }
}

window.parquetBench = parquetBench;
