// Parquet in the browser, where DuckDB cannot: the footer is read by hyparquet, the data by parquet-wasm.
import type { RecordBatch } from 'apache-arrow';
import { failure } from '../../shared/errors.ts';
import type { OpenFile, ParquetCodec, ParquetFile, ParquetWriteOptions, Work } from '../../shared/platform.ts';
import { printType } from '../../shared/sql/types.ts';
import { isByteSource } from './byte-source.ts';
import { prepareDecoder } from './parquet/decoder.ts';
import { boundedColumns, coarserColumns } from './parquet/bounded.ts';
import { encodeParquet } from './parquet/encode.ts';
import { readFooter } from './parquet/footer.ts';
import { scanParquet } from './parquet/scan.ts';

export class BrowserParquet implements ParquetCodec {
  /** The decoder is loaded by the first call: no page that reads no Parquet pays for it. */
  async open(file: OpenFile): Promise<ParquetFile> {
    if (!isByteSource(file)) throw failure('internal', 'The file was opened by another platform.');
    const [footer] = await Promise.all([readFooter(file), prepareDecoder()]);
    return {
      columns: footer.columns.map(({ name, type }) => ({ name, type })),
      stored: footer.columns.map(({ name, stored }) => ({ name, type: printType(stored) })),
      names: footer.columns.map(({ source }) => source),
      bounded: boundedColumns(footer),
      coarser: coarserColumns(footer),
      rows: footer.rows,
      scan: (onRead) => scanParquet(file, footer, onRead),
    };
  }

  /** The level of a compression cannot be chosen here: parquet-wasm uses each codec's default. */
  write(batches: AsyncIterable<RecordBatch>, options: ParquetWriteOptions, work: Work = {}): AsyncIterable<Uint8Array> {
    return encodeParquet(batches, options, work);
  }
}
