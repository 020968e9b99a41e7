// Batches to the bytes of a Parquet file, encoded in a Worker of its own while DuckDB makes the next rows.
import { DataType, RecordBatch, RecordBatchStreamWriter, type Field } from 'apache-arrow';
import { failure, messageOf, SluiceError } from '../../../shared/errors.ts';
import type { ParquetWriteOptions, Work } from '../../../shared/platform.ts';
import { Codec } from './codec.ts';
import type { EncodeOptions } from './messages.ts';

/** Bytes of the batches that are sent at once: DuckDB's own are small. */
const groupSize = 4 * 1024 * 1024;

/** Batches, of 2,048 rows each, that tell whether a column's values repeat. */
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
      else await codec.ask({ kind: 'write', options: encodeOptions(options, group) }, [], 'done');
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
    group.push(batch);
    size += batch.data.byteLength;
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

async function append(codec: Codec, batches: Uint8Array): Promise<readonly Uint8Array[]> {
  const transfer = batches.byteLength === batches.buffer.byteLength ? [batches.buffer] : [];
  return (await codec.ask({ kind: 'append', batches }, transfer, 'bytes')).pieces;
}

/** How the columns are best encoded, judged by the first rows. Nested columns are left as they are. */
function encodeOptions(options: ParquetWriteOptions, group: Group): EncodeOptions {
  const fields = (group[0].schema.fields as Field<DataType>[]).filter(({ type }) => !isNested(type));
  const named = (test: (field: Field<DataType>) => boolean): string[] =>
    fields.filter((field) => test(field)).map((field) => field.name);
  return {
    ...options,
    integers: named(({ type }) => isInteger(type)),
    floats: named(({ type }) => DataType.isFloat(type)),
    distinct: named(({ name }) => hardlyRepeats(group.slice(0, sampledBatches), name)),
  };
}

function isNested(type: DataType): boolean {
  return DataType.isList(type) || DataType.isStruct(type) || DataType.isMap(type);
}

function isInteger(type: DataType): boolean {
  return DataType.isInt(type) || DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type);
}

function hardlyRepeats(batches: readonly RecordBatch[], name: string): boolean {
  const values = new Set<unknown>();
  let rows = 0;
  for (const batch of batches) {
    for (const value of batch.getChild(name) ?? []) values.add(value);
    rows += batch.numRows;
  }
  return values.size > rows / 2;
}
