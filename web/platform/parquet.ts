// Parquet in the browser, where DuckDB cannot: the footer is read by hyparquet, the data by parquet-wasm.
import { DataType, RecordBatch, type Field } from 'apache-arrow';
import { failure, messageOf, SluiceError } from '../../shared/errors.ts';
import type { OpenFile, ParquetCodec, ParquetFile, ParquetWriteOptions, Scan, Work } from '../../shared/platform.ts';
import { decodeBatches, encodeBatch } from '../../shared/values/ipc.ts';
import { BlobFile } from './blob-file.ts';
import { adaptBatch, emptyColumns } from './parquet/adapt.ts';
import { Codec } from './parquet/codec.ts';
import { corrupt, readFooter, type Footer } from './parquet/footer.ts';
import { withoutArrowSchema } from './parquet/hint.ts';
import type { EncodeOptions } from './parquet/messages.ts';

/** Rows of a batch at most: a row group of DuckDB's own. */
const batchSize = 122_880;

export class BrowserParquet implements ParquetCodec {
  async open(file: OpenFile): Promise<ParquetFile> {
    if (!(file instanceof BlobFile)) throw failure('internal', 'The file was opened by another platform.');
    const footer = await readFooter(file);
    const scan: Scan = (columns, signal) =>
      columns.length === 0 ? rowsOnly(footer) : decode(file, footer, columns, signal);
    return { columns: footer.columns.map(({ name, type }) => ({ name, type })), rows: footer.rows, scan };
  }

  /**
   * Needs a first batch, empty if need be, for its columns. The level of a compression cannot be chosen here:
   * parquet-wasm uses each codec's default.
   */
  async *write(
    batches: AsyncIterable<RecordBatch>,
    options: ParquetWriteOptions,
    work: Work = {},
  ): AsyncGenerator<Uint8Array> {
    const codec = await Codec.start(work.signal, (why) => failure('internal', `The Parquet writer stopped: ${why}`));
    try {
      let started = false;
      for await (const batch of batches) {
        if (!started) await codec.ask({ kind: 'write', options: encodeOptions(options, batch) }, [], 'done');
        started = true;
        // As a plain batch, because Arrow leaves out the one that stands for "no rows".
        const bytes = encodeBatch(new RecordBatch(batch.schema, batch.data));
        const transfer = bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
        yield* (await codec.ask({ kind: 'append', batch: bytes }, transfer, 'bytes')).pieces;
      }
      if (!started) throw failure('internal', 'The Parquet writer was given no batch to take the columns from.');
      yield* (await codec.ask({ kind: 'finish' }, [], 'bytes')).pieces;
    } catch (thrown) {
      if (thrown instanceof SluiceError) throw thrown;
      throw failure('type.unsupported', `The rows could not be written as Parquet: ${messageOf(thrown)}`, {
        cause: thrown,
      });
    } finally {
      codec.stop();
    }
  }
}

async function* decode(
  file: BlobFile,
  footer: Footer,
  names: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordBatch> {
  const columns = names.map((name) => {
    const column = footer.columns.find((candidate) => candidate.name === name);
    if (!column) throw failure('internal', `${file.location} has no column ${name}.`);
    return column;
  });
  const codec = await Codec.start(signal, (why) => corrupt(file, 'its data is damaged.', why));
  try {
    const blob = await withoutArrowSchema(file);
    await codec.ask({ kind: 'read', file: blob, columns: columns.map(({ source }) => source), batchSize }, [], 'done');
    let rows = 0;
    // One batch ahead: it is decoded while the caller uses the one before.
    let next = codec.ask({ kind: 'next' }, [], 'batch', 'done');
    for (let answer = await next; answer.kind === 'batch'; answer = await next) {
      next = codec.ask({ kind: 'next' }, [], 'batch', 'done');
      next.catch(() => undefined); // told when it is awaited, unless the caller stops before
      for (const batch of decodeBatches(answer.batch)) {
        rows += batch.numRows;
        yield adaptBatch(batch, columns);
      }
    }
    if (rows !== footer.rows) throw corrupt(file, `its footer counts ${footer.rows} rows, but ${rows} were found.`);
  } catch (thrown) {
    throw thrown instanceof SluiceError ? thrown : corrupt(file, 'its data is damaged.', thrown);
  } finally {
    codec.stop();
  }
}

function rowsOnly({ rowGroups }: Footer): AsyncIterable<RecordBatch> {
  const batches = rowGroups.map(emptyColumns).values();
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(batches.next()) }) };
}

function encodeOptions(options: ParquetWriteOptions, batch: RecordBatch): EncodeOptions {
  const fields = batch.schema.fields as Field<DataType>[];
  const named = (test: (type: DataType) => boolean): string[] =>
    fields.filter((field) => test(field.type)).map((field) => field.name);
  return { ...options, integers: named(isInteger), floats: named((type) => DataType.isFloat(type)) };
}

function isInteger(type: DataType): boolean {
  return DataType.isInt(type) || DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type);
}
