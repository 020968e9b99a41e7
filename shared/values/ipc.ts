// Arrow batches as bytes: each a self-contained IPC stream, so that it can cross any border on its own.
import { type RecordBatch, RecordBatchReader, RecordBatchStreamWriter } from 'apache-arrow';

export function encodeBatch(batch: RecordBatch): Uint8Array {
  return RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
}

export function decodeBatches(bytes: Uint8Array): RecordBatch[] {
  return [...RecordBatchReader.from(bytes)];
}
