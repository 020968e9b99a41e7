// Parquet in the browser, where DuckDB cannot: the footer is read by hyparquet, the data by parquet-wasm.
import type { RecordBatch } from 'apache-arrow';
import { failure } from '../../shared/errors.ts';
import type { OpenFile, ParquetCodec, ParquetFile, ParquetWriteOptions, Scan, Work } from '../../shared/platform.ts';
import { BlobFile } from './blob-file.ts';
import { decodeParquet, rowsOnly } from './parquet/decode.ts';
import { encodeParquet } from './parquet/encode.ts';
import { readFooter } from './parquet/footer.ts';

export class BrowserParquet implements ParquetCodec {
  async open(file: OpenFile): Promise<ParquetFile> {
    if (!(file instanceof BlobFile)) throw failure('internal', 'The file was opened by another platform.');
    const footer = await readFooter(file);
    const scan: Scan = (columns, signal) =>
      columns.length === 0 ? rowsOnly(footer) : decodeParquet(file, footer, columns, signal);
    return { columns: footer.columns.map(({ name, type }) => ({ name, type })), rows: footer.rows, scan };
  }

  /** The level of a compression cannot be chosen here: parquet-wasm uses each codec's default. */
  write(batches: AsyncIterable<RecordBatch>, options: ParquetWriteOptions, work: Work = {}): AsyncIterable<Uint8Array> {
    return encodeParquet(batches, options, work);
  }
}
