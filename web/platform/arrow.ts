// Arrow IPC streams (Arrow columnar format 1.0, "Encapsulated message format") to batches.
import { RecordBatchReader, type RecordBatch } from 'apache-arrow';

/** Decodes record batch messages that follow a schema message; the batches share the joined bytes. */
export function decodeBatches(schema: Uint8Array, messages: readonly Uint8Array[]): RecordBatch[] {
  const size = messages.reduce((sum, message) => sum + message.byteLength, schema.byteLength);
  const joined = new Uint8Array(size);
  joined.set(schema);
  let end = schema.byteLength;
  for (const message of messages) {
    joined.set(message, end);
    end += message.byteLength;
  }
  return [...RecordBatchReader.from(joined)];
}
