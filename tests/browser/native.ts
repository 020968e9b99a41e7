// Native DuckDB, to read what the page has written.
import { DuckDBInstance } from '@duckdb/node-api';

export async function read(query: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(query)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
