// Arrow writers hide their own schema in a Parquet file's footer (Apache Arrow C++ docs, "ARROW:schema"), and
// parquet-wasm would follow it to types that the Parquet schema does not name. DuckDB does not, so we take it away.
import type { BlobFile } from '../blob-file.ts';

/** The key as Thrift's compact protocol writes it: its length, then its bytes. */
const key = [12, ...new TextEncoder().encode('ARROW:schema')];
const tailLength = 8;

/** The file with that key renamed: the same bytes, but for one letter of the footer. */
export async function withoutArrowSchema(file: Pick<BlobFile, 'size' | 'blob' | 'read'>): Promise<Blob> {
  const tail = await file.read(file.size - tailLength, file.size);
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  const start = file.size - tailLength - length;
  const footer = await file.read(start, file.size);
  const at = lastIndexOf(footer, key);
  if (at < 0) return file.blob;
  footer[at + 1] = 'X'.charCodeAt(0);
  return new Blob([file.blob.slice(0, start), footer as Uint8Array<ArrayBuffer>]);
}

/** Key-value pairs come last in the footer, after names that users chose. */
function lastIndexOf(bytes: Uint8Array, part: readonly number[]): number {
  for (
    let at = bytes.lastIndexOf(part[0] ?? 0);
    at >= 0;
    at = at === 0 ? -1 : bytes.lastIndexOf(part[0] ?? 0, at - 1)
  ) {
    if (part.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
