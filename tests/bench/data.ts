// Data for the benchmarks, made by native DuckDB, the same on every machine.
import { DuckDBInstance } from '@duckdb/node-api';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Nine columns: identifiers, text of few and of many values, numbers, dates. */
export const orderColumns = `
  i AS id,
  (hash(i) % 5000)::INTEGER AS customer,
  'product ' || (hash(i + 1) % 300) AS product,
  ['north', 'south', 'east', 'west'][1 + (hash(i + 2) % 4)::INTEGER] AS region,
  (hash(i + 3) % 100000)::DECIMAL(12, 0) / 100 AS price,
  (1 + hash(i + 4) % 20)::INTEGER AS quantity,
  TIMESTAMP '2020-01-01' + to_seconds((hash(i + 5) % 126230400)::BIGINT) AS ordered_at,
  hash(i + 6) % 10 < 9 AS paid,
  md5(i::VARCHAR) AS reference`;

export interface BenchFile {
  readonly path: string;
  readonly bytes: number;
}

/** `rows` rows as CSV; about 96 bytes each. */
export const makeCsv = (folder: string, rows: number): Promise<BenchFile> =>
  make(join(folder, `orders_${rows}.csv`), rows, 'FORMAT csv, HEADER true');

/** `rows` rows as Parquet (zstd). */
export const makeParquet = (folder: string, rows: number): Promise<BenchFile> =>
  make(join(folder, `orders_${rows}.parquet`), rows, 'FORMAT parquet, COMPRESSION zstd');

async function make(path: string, rows: number, options: string): Promise<BenchFile> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT ${orderColumns} FROM range(${rows}) t(i)) TO '${path}' (${options})`);
  connection.closeSync();
  instance.closeSync();
  return { path, bytes: (await stat(path)).size };
}
