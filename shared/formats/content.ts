// The content of text files: plain or compressed, and of the format that was declared.
import { failure } from '../errors.ts';
import { hasScheme } from '../locations/address.ts';
import type { OpenFile } from '../platform.ts';
import type { ReadCompression } from './compression.schema.ts';
import type { ReadContext } from './format.ts';
import { gunzip } from './gzip.ts';
import { looksLike, markLength } from './magic.ts';

const firstPiece = 64 * 1024;
const laterPiece = 1024 * 1024;

/** Whether a file is compressed: as declared, or by its name. */
export function isGzip(
  { location, decompressed = false }: Pick<OpenFile, 'location' | 'decompressed'>,
  compression: ReadCompression,
): boolean {
  if (decompressed) return false;
  if (compression !== 'auto') return compression === 'gzip';
  return /\.gz$/i.test(hasScheme(location) ? location.replace(/[?#].*$/, '') : location);
}

/** The file's content in order. `onRead` is called with the bytes of the file that every piece took. */
export function contentOf(
  file: OpenFile,
  compression: ReadCompression,
  signal: AbortSignal | undefined,
  onRead: (bytes: number) => void = () => undefined,
): AsyncIterable<Uint8Array> {
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const bytes of file.stream(signal)) {
      onRead(bytes.byteLength);
      yield bytes;
    }
  }
  return isGzip(file, compression) ? gunzip(counted, file.location) : counted();
}

/** The beginning of the content, in pieces that grow: for who reads only a little of it. */
export function beginningOf(file: OpenFile, compression: ReadCompression): AsyncIterable<Uint8Array> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let [start, size] = [0, firstPiece]; start < file.size; start += size, size = laterPiece) {
      yield await file.read(start, start + size);
    }
  }
  return isGzip(file, compression) ? gunzip(pieces, file.location) : pieces();
}

/** Fails with file.corrupt when the file's first bytes are those of something else. */
export async function requireFormat(file: OpenFile, format: 'CSV' | 'JSON', compression: ReadCompression) {
  const bytes = await file.read(0, Math.min(markLength, file.size));
  const found = looksLike(bytes);
  if (isGzip(file, compression)) {
    if (found === 'gzip') return;
    const what = found === undefined ? '' : `: it looks like ${found}`;
    throw failure('file.corrupt', `${file.location} is not compressed with gzip${what}.`, {
      hint: 'Declare `compression: none`.',
    });
  }
  if (found === undefined || found === format) return;
  throw failure('file.corrupt', `${file.location} is no ${format}: it looks like ${found}.`, { hint: hintFor(found) });
}

function hintFor(found: string): string {
  if (found === 'Parquet' || found === 'JSON') return `Declare its format as ${found.toLowerCase()}.`;
  if (found === 'gzip') return 'Declare `compression: gzip`, or give it a name that ends in .gz.';
  if (found === 'text in UTF-16') return 'Save it as UTF-8.';
  return 'Check the location, or save the file in the format that is declared.';
}

/**
 * Reads compressed files once for their checksums, which DuckDB does not look at: it takes a file that was cut off for
 * a shorter one. Fails with file.corrupt.
 */
export async function verifyCompressed(
  files: readonly OpenFile[],
  compression: ReadCompression,
  { work, onRead }: ReadContext,
): Promise<void> {
  let read = 0;
  for (const file of files.filter((each) => isGzip(each, compression))) {
    const count = (bytes: number): void => {
      read += bytes;
      onRead(read, 0);
    };
    const pieces = contentOf(file, compression, work.signal, count)[Symbol.asyncIterator]();
    for (let step = await pieces.next(); !step.done;) step = await pieces.next();
  }
}
