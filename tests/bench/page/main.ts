// The benchmarks' page: the same work by bare duckdb-wasm and by Sluice, in one page, started from outside.
import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from '@duckdb/duckdb-wasm';
import wasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import worker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { createClient } from '../../../web/worker/client.ts';
import { csvPipeline, csvStatements, endlessPipeline, parquetPipeline, tinyPipeline } from '../pipelines.ts';

function pickedFile(): File {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('No file was picked.');
  return file;
}

/** Boots what is measured and answers a function for one round. */
async function openBare(): Promise<() => Promise<number>> {
  const database = new AsyncDuckDB(new VoidLogger(), new Worker(worker));
  await database.instantiate(wasm);
  await database.open({});
  const file = pickedFile();
  await database.registerFileHandle('orders.csv', file, DuckDBDataProtocol.BROWSER_FILEREADER, true);
  return async () => {
    const started = performance.now();
    await database.registerOPFSFileName('opfs://bare.csv');
    const connection = await database.connect();
    for (const statement of csvStatements('orders.csv', 'opfs://bare.csv')) await connection.query(statement);
    await connection.close();
    await database.dropFile('opfs://bare.csv');
    return performance.now() - started;
  };
}

type Client = ReturnType<typeof createClient>;

async function runOurs(client: Client, text: string): Promise<number> {
  const started = performance.now();
  let last: RunEvent | undefined;
  await client.run({ text, parameters: {} }, (event) => {
    last = event;
  });
  if (last?.type !== 'run_completed') throw new Error(`The benchmark's run ended with ${JSON.stringify(last)}`);
  return performance.now() - started;
}

async function openOurs(): Promise<Client> {
  const client = createClient();
  const file = pickedFile();
  await client.open();
  await client.addFiles([{ path: file.name, file }]);
  return client;
}

let bare: (() => Promise<number>) | undefined;
let ours: Client | undefined;

const rounds = {
  /** CSV → three stages → CSV by hand-written SQL on duckdb-wasm; milliseconds. */
  async bareCsv(): Promise<number> {
    bare ??= await openBare();
    return bare();
  },
  /** The same as a pipeline; milliseconds. */
  async oursCsv(): Promise<number> {
    ours ??= await openOurs();
    return runOurs(ours, csvPipeline(pickedFile().name, 'ours.csv'));
  },
  /** Four of nine columns of a Parquet file; milliseconds. */
  async oursParquet(): Promise<number> {
    ours ??= await openOurs();
    return runOurs(ours, parquetPipeline(pickedFile().name));
  },
  /** From Cancel, pressed in the middle of an aggregate, to the end of the run; milliseconds. */
  async cancel(): Promise<number> {
    ours ??= await openOurs();
    const client = ours;
    let ended: Promise<number> | undefined;
    await client.run({ text: endlessPipeline, parameters: {} }, (event) => {
      if (event.type !== 'stage_started') return;
      ended = new Promise((resolve) => setTimeout(resolve, 300)).then(async () => {
        const asked = performance.now();
        await client.cancel();
        return performance.now() - asked;
      });
    });
    return ended ?? NaN;
  },
  /** From nothing to the first row of a pipeline without sources; milliseconds. */
  async firstRow(): Promise<number> {
    const started = performance.now();
    const client = createClient();
    const first = await new Promise<number>((resolve, reject) => {
      client
        .run({ text: tinyPipeline, parameters: {} }, (event) => {
          if (event.type === 'stage_output') resolve(performance.now() - started);
        })
        .catch(reject);
    });
    client.close();
    return first;
  },
};

declare global {
  interface Window {
    bench: typeof rounds;
  }
}

window.bench = rounds;
