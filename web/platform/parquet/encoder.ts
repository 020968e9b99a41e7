// parquet-wasm's streaming writer, fed one batch at a time: what it has finished is taken out after each.
import {
  Compression,
  EnabledStatistics,
  Encoding,
  transformParquetStream,
  WriterPropertiesBuilder,
  type RecordBatch,
  type WriterProperties,
} from 'parquet-wasm';
import type { EncodeOptions } from './messages.ts';

export class Encoder {
  readonly #output: Promise<void>;
  #input: ReadableStreamDefaultController<RecordBatch> | undefined;
  #pieces: Uint8Array[] = [];
  #onPull: () => void = () => undefined;
  #pulled: Promise<void>;

  constructor(options: EncodeOptions) {
    this.#pulled = this.#nextPull();
    const input = new ReadableStream<RecordBatch>(
      {
        start: (controller) => {
          this.#input = controller;
        },
        pull: () => this.#onPull(),
      },
      { highWaterMark: 0 },
    );
    this.#output = this.#collect(input, options);
    this.#output.catch(() => undefined); // told by the next `append` or `finish`
  }

  /** Resolves when the writer asks for more, so that no more than one batch waits. */
  async append(batch: RecordBatch): Promise<void> {
    await Promise.race([this.#pulled, this.#output]);
    this.#pulled = this.#nextPull();
    this.#input?.enqueue(batch);
    await Promise.race([this.#pulled, this.#output]);
  }

  async finish(): Promise<void> {
    this.#input?.close();
    await this.#output;
  }

  /** What has been written since the last call. */
  take(): Uint8Array[] {
    return this.#pieces.splice(0);
  }

  #nextPull(): Promise<void> {
    return new Promise((resolve) => {
      this.#onPull = resolve;
    });
  }

  async #collect(input: ReadableStream<RecordBatch>, options: EncodeOptions): Promise<void> {
    const output = (await transformParquetStream(input, properties(options))) as ReadableStream<Uint8Array>;
    for await (const piece of output) this.#pieces.push(piece);
  }
}

const compressions: Readonly<Record<EncodeOptions['compression'], Compression>> = {
  uncompressed: Compression.UNCOMPRESSED,
  snappy: Compression.SNAPPY,
  gzip: Compression.GZIP,
  brotli: Compression.BROTLI,
  lz4: Compression.LZ4_RAW,
  zstd: Compression.ZSTD,
};

/** A column's own encoding is used where it has no dictionary, or once that has grown too large. */
function properties(options: EncodeOptions): WriterProperties {
  let builder = new WriterPropertiesBuilder()
    .setCompression(compressions[options.compression])
    .setMaxRowGroupSize(options.rowGroupSize)
    .setStatisticsEnabled(EnabledStatistics.Chunk);
  for (const column of options.integers) builder = builder.setColumnEncoding(column, Encoding.DELTA_BINARY_PACKED);
  for (const column of options.floats) builder = builder.setColumnEncoding(column, Encoding.BYTE_STREAM_SPLIT);
  for (const column of options.distinct) builder = builder.setColumnDictionaryEnabled(column, false);
  return builder.build();
}
