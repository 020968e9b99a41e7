// Bytes on demand while DuckDB waits: only what is synchronous can answer it. Workers have FileReaderSync for blobs and
// synchronous requests for addresses (http/ranges.ts), which pages do not.
import { explainStorage } from './storage-errors.ts';

/** An open file that can be read without waiting. */
export interface ByteSource {
  /** Bytes of the whole. */
  readonly size: number;
  /** The bytes from `start` to `end` (exclusive); fewer at the end of the file. Fails with file.failed. */
  readSync(start: number, end: number): Uint8Array<ArrayBuffer>;
}

/** Whether an open file can be read without waiting. */
export function isByteSource(file: object): file is ByteSource {
  return 'readSync' in file && typeof file.readSync === 'function';
}

/** Reads a part of a blob; `location` names it in errors. */
export function readBlobSync(blob: Blob, location: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob.slice(start, end)));
  } catch (thrown) {
    throw explainStorage(thrown, `Reading ${location}`);
  }
}
