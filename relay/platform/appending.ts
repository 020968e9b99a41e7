// Rows on their way into a table. DuckDB's appender collects them and adds many at once: adding after each batch of
// 2,048 rows takes four times as long.
import type { DuckDBAppender, DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import type { RecordBatch } from 'apache-arrow';
import { chunkRows, writeChunk } from './arrow/write.ts';

export class Appending {
  readonly #appender: DuckDBAppender;
  readonly #types: readonly DuckDBType[];

  static async open(connection: DuckDBConnection, table: string): Promise<Appending> {
    return new Appending(await connection.createAppender(table));
  }

  private constructor(appender: DuckDBAppender) {
    this.#appender = appender;
    this.#types = Array.from({ length: appender.columnCount }, (_, column) => appender.columnType(column));
  }

  /** Takes the rows of a batch whose columns are the table's, in the same order. */
  add(batch: RecordBatch): void {
    for (let row = 0; row < batch.numRows; row += chunkRows) {
      this.#appender.appendDataChunk(writeChunk(this.#types, batch, row, Math.min(row + chunkRows, batch.numRows)));
    }
  }

  /** Adds what was collected to the table. */
  finish(): void {
    this.#appender.flushSync();
    this.#appender.closeSync();
  }

  /** Forgets what was collected. */
  discard(): void {
    this.#appender.clear();
    this.#appender.closeSync();
  }
}
