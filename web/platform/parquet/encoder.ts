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
import type { ColumnEncoding } from './encodings.ts';
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

const encodings: Readonly<Record<ColumnEncoding['encoding'], Encoding>> = {
  plain: Encoding.PLAIN,
  delta: Encoding.DELTA_BINARY_PACKED,
  split: Encoding.BYTE_STREAM_SPLIT,
};

/** Bytes of a dictionary at most: beyond, a column goes on without. The default of 1 MB is soon used up by texts. */
const dictionarySize = 16 * 1024 * 1024;

function properties(options: EncodeOptions): WriterProperties {
  let builder = new WriterPropertiesBuilder()
    .setCompression(compressions[options.compression])
    .setMaxRowGroupSize(options.rowGroupSize)
    .setStatisticsEnabled(EnabledStatistics.Chunk)
    .setDictionaryPageSizeLimit(dictionarySize);
  for (const { name, dictionary, encoding } of options.columns) {
    builder = builder.setColumnEncoding(name, encodings[encoding]).setColumnDictionaryEnabled(name, dictionary);
  }
  return builder.build();
}
