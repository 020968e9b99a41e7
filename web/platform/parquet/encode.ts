// Batches to the bytes of a Parquet file, encoded in a Worker of its own while DuckDB makes the next rows.
import { type Data, DataType, type Field, makeData, RecordBatch, RecordBatchStreamWriter, Struct } from 'apache-arrow';
import { failure, messageOf, SluiceError } from '../../../shared/errors.ts';
import type { ParquetWriteOptions, Work } from '../../../shared/platform.ts';
import { Codec } from './codec.ts';
import { chooseEncodings } from './encodings.ts';

/** Bytes of the batches that are sent at once: DuckDB's own are small. */
const groupSize = 4 * 1024 * 1024;

/** Batches, of 2,048 rows each, that tell how a column is best encoded. */
const sampledBatches = 10;

/** Yields the file's bytes in order. Needs a first batch, empty if need be, for its columns. */
export async function* encodeParquet(
  batches: AsyncIterable<RecordBatch>,
  options: ParquetWriteOptions,
  { signal }: Work,
): AsyncGenerator<Uint8Array> {
  const codec = await Codec.start(signal, (why) => failure('internal', `The Parquet writer stopped: ${why}`));
  try {
    let pieces: Promise<readonly Uint8Array[]> | undefined;
    for await (const group of groupsOf(batches)) {
      const bytes = encodeGroup(group);
      if (pieces) yield* await pieces;
      else {
        const columns = chooseEncodings(group.slice(0, sampledBatches), options.rowGroupSize);
        await codec.ask({ kind: 'write', options: { ...options, columns } }, [], 'done');
      }
      pieces = append(codec, bytes);
      pieces.catch(() => undefined); // told when it is awaited, unless the rows break off before
    }
    if (!pieces) throw failure('internal', 'The Parquet writer was given no batch to take the columns from.');
    yield* await pieces;
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

type Group = [first: RecordBatch, ...rest: RecordBatch[]];

async function* groupsOf(batches: AsyncIterable<RecordBatch>): AsyncGenerator<Group> {
  let group: RecordBatch[] = [];
  let size = 0;
  for await (const batch of batches) {
    group.push(batch.numRows === 0 ? withoutRows(batch) : batch);
    size += group.at(-1)?.data.byteLength ?? 0;
    if (size < groupSize) continue;
    yield group as Group;
    group = [];
    size = 0;
  }
  if (group.length > 0) yield group as Group;
}

/** As plain batches, because Arrow leaves out the one that stands for "no rows". */
function encodeGroup(group: Group): Uint8Array {
  const plain = group.map((batch) => new RecordBatch(batch.schema, batch.data));
  return RecordBatchStreamWriter.writeAll(plain).toUint8Array(true);
}

/** Arrow's own batch without rows has no data for the parts of nested columns. */
function withoutRows({ schema }: RecordBatch): RecordBatch {
  const fields = schema.fields as Field<DataType>[];
  const children = fields.map((field) => emptyData(field.type));
  return new RecordBatch(schema, makeData({ type: new Struct(fields), length: 0, nullCount: 0, children }));
}

function emptyData(type: DataType): Data {
  const fields = (type.children as Field<DataType>[] | null) ?? [];
  const children = fields.map((field) => emptyData(field.type));
  const valueOffsets = DataType.isList(type) || DataType.isMap(type) ? { valueOffsets: new Int32Array(1) } : {};
  const parts = DataType.isStruct(type) ? { children } : { child: children[0], ...valueOffsets };
  return makeData({ type, length: 0, nullCount: 0, ...parts } as unknown as Parameters<typeof makeData>[0]);
}

async function append(codec: Codec, batches: Uint8Array): Promise<readonly Uint8Array[]> {
  const transfer = batches.byteLength === batches.buffer.byteLength ? [batches.buffer] : [];
  return (await codec.ask({ kind: 'append', batches }, transfer, 'bytes')).pieces;
}
