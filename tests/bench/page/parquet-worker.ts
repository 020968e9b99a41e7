// One measurement of Sluice's own Parquet, in a Worker of its own: a scan, or a file written.
import type { ReadContext } from '../../../shared/formats/format.ts';
import { readParquet } from '../../../shared/formats/parquet/read.ts';
import { BlobFile } from '../../../web/platform/blob-file.ts';
import { Database } from '../../../web/platform/database.ts';
import { BrowserEngine } from '../../../web/platform/engine.ts';
import { openBrowserPlatform } from '../../../web/platform/index.ts';
import { decoderMemory, prepareDecoder } from '../../../web/platform/parquet/decoder.ts';
import { BrowserParquet } from '../../../web/platform/parquet.ts';
import { withoutPull } from '../../contract/browser/without-pull.ts';
import type { ScanTimes } from './parquet.ts';

export type ParquetRequest =
  /** `whole`: the file becomes a table before, as it does where DuckDB cannot pull. */
  | { readonly kind: 'scan'; readonly file: File; readonly query: string; readonly whole: boolean }
  | { readonly kind: 'write'; readonly query: string };

export type ParquetAnswer =
  | { readonly kind: 'scan'; readonly times: ScanTimes }
  | { readonly kind: 'write'; readonly written: { readonly time: number; readonly size: number } };

self.onmessage = ({ data }: MessageEvent<ParquetRequest>) => {
  const work: Promise<ParquetAnswer> = data.kind === 'scan' ? scan(data) : write(data.query);
  work.then(
    (answer) => self.postMessage(answer),
    (thrown: unknown) => self.postMessage({ kind: 'failed', message: String(thrown) }),
  );
};

async function scan({ file: blob, query, whole }: Extract<ParquetRequest, { kind: 'scan' }>): Promise<ParquetAnswer> {
  const database = await Database.open();
  const engine = new BrowserEngine(database);
  const parquet = new BrowserParquet();
  await prepareDecoder(); // the old engine's reader was compiled with the rest of it
  const base = database.bindings.mod.HEAPU8.byteLength;
  const started = performance.now();
  const platform = { engine: whole ? withoutPull(engine) : engine, parquet } as unknown as ReadContext['platform'];
  const ignore = (): void => undefined;
  const context: ReadContext = { platform, work: {}, notify: ignore, onRead: ignore, keep: ignore };
  const file = new BlobFile(database, { location: blob.name, blob });
  const opened = await readParquet({ name: 'orders', files: [file], partitions: [] }, { schema: [] }, context);
  await opened.relate('orders', context);
  const rows = await drain(engine, query);
  const cold = performance.now() - started;
  const again = performance.now();
  await drain(engine, query);
  const second = performance.now() - again;
  const heap = database.bindings.mod.HEAPU8.byteLength + decoderMemory();
  return { kind: 'scan', times: { cold, second, heap, base, rows: String(rows) } };
}

async function drain(engine: BrowserEngine, query: string): Promise<number> {
  const { batches } = await engine.query(query);
  let rows = 0;
  for await (const batch of batches) rows += batch.numRows;
  return rows;
}

/** Into the private file system, as a run does. */
async function write(query: string): Promise<ParquetAnswer> {
  const platform = await openBrowserPlatform({});
  await platform.engine.execute(`CREATE VIEW orders AS ${query}`);
  const started = performance.now();
  const file = await platform.files.create('bench.parquet');
  const { batches } = await platform.engine.query('FROM orders');
  for await (const bytes of platform.parquet.write(batches, { compression: 'zstd', rowGroupSize: 122_880 })) {
    await file.write(bytes);
  }
  const size = await file.commit();
  const time = performance.now() - started;
  await platform.files.remove('bench.parquet');
  await platform.close();
  return { kind: 'write', written: { time, size } };
}
