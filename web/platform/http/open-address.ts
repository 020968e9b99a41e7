// Opens what an http(s) address gives, as sparingly as its server allows: in parts where it sends parts, else loaded
// whole into a temporary file. Small files come with the first answer and stay in memory.
import { cancelled, SluiceError } from '../../../shared/errors.ts';
import { pageInstead, pageLength } from '../../../shared/formats/web-page.ts';
import { fileNameOf, shownAddress } from '../../../shared/locations/address.ts';
import { brokenOff, hasNoContent, loadedWhole, noContent, refusalOf } from '../../../shared/locations/http.ts';
import type { OpenFile, OpenOptions } from '../../../shared/platform.ts';
import { BlobFile } from '../blob-file.ts';
import type { Database } from '../database.ts';
import { explainStorage } from '../storage-errors.ts';
import type { TemporaryFile, TemporaryFolder } from '../temporary.ts';
import { totalOf } from './ranges.ts';
import { RemoteFile } from './remote-file.ts';
import { readExactly, request, type Answer, type RequestOptions } from './request.ts';

/** Bytes of a file's beginning that are asked for when it is opened. */
const headLength = 256 * 1024;

export interface AddressHost {
  readonly database: Database;
  readonly stallTimeout: number;
  /** Where whole files go. Fails with storage.unavailable. */
  readonly temporary: () => Promise<TemporaryFolder>;
}

/** Fails with file.not_found, file.forbidden, file.failed, storage.full, storage.unavailable, run.cancelled. */
export async function openAddress(address: URL, host: AddressHost, options: OpenOptions): Promise<OpenFile> {
  const { signal, onProgress, partitions } = options;
  const { database, stallTimeout } = host;
  // Ranges of a compressed file are of no use to anybody.
  if (/\.gz$/i.test(address.pathname)) return loadWhole(address, host, options, 'it is compressed');
  const answer = await requestHead(address, { signal, stallTimeout });
  if (!answer) return loadWhole(address, host, options, 'its server sends no parts');
  if (answer.status === 416) {
    answer.cancel(); // an empty file has no first byte, and some servers say so
    return loadWhole(address, host, options, 'its server sends no parts');
  }
  requireFile(answer, address, 'part');
  if (answer.status !== 206) return keepWhole(answer, address, host, options, 'its server sends no parts');
  if (answer.headers.has('Content-Encoding')) {
    answer.cancel(); // a part of what is compressed
    return loadWhole(address, host, options, 'its server sends no parts');
  }
  const size = totalOf(answer.headers.get('Content-Range')) ?? (await sizeByHead(address, signal, stallTimeout));
  if (size === undefined) {
    answer.cancel();
    return loadWhole(address, host, options, 'its server does not tell its size');
  }
  const head = await readExactly(answer, address, Math.min(size, headLength));
  requireNoPage(head.subarray(0, pageLength), answer, address);
  if (size > head.byteLength) {
    const modified = answer.headers.get('Last-Modified');
    return new RemoteFile(database, { address, size, modified, stallTimeout }, head, partitions);
  }
  onProgress?.(1);
  return new BlobFile(database, { location: shownAddress(address), blob: new Blob([head]), partitions });
}

/**
 * The answer to who asks for the beginning; undefined where the browser does not take one: it says that it wants no
 * encoding when it asks for a part, and some servers encode all the same.
 */
async function requestHead(
  address: URL,
  options: Pick<RequestOptions, 'signal' | 'stallTimeout'>,
): Promise<Answer | undefined> {
  try {
    return await request(address, { range: `bytes=0-${headLength - 1}`, bare: true, ...options });
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined; // the whole says why
    throw thrown;
  }
}

function requireFile(answer: Answer, address: URL, asked: 'whole' | 'part'): void {
  const refusal = refusalOf(answer.status, address, asked);
  if (!refusal) return;
  answer.cancel();
  throw refusal;
}

function requireNoPage(beginning: Uint8Array, { headers }: Answer, address: URL): void {
  const page = pageInstead(beginning, headers.get('Content-Type'), address);
  if (page) throw page;
}

/** A server of another origin may keep the size of the whole from us, unless it is asked for nothing else. */
async function sizeByHead(
  address: URL,
  signal: AbortSignal | undefined,
  stallTimeout: number,
): Promise<number | undefined> {
  try {
    const answer = await request(address, { method: 'HEAD', signal, stallTimeout });
    answer.cancel();
    const length = answer.headers.get('Content-Length');
    return answer.status === 200 && length !== null && !answer.headers.has('Content-Encoding')
      ? Number(length)
      : undefined;
  } catch (thrown) {
    if (signal?.aborted) throw cancelled();
    if (thrown instanceof SluiceError) return undefined; // HEAD is refused; the file itself is asked for next
    throw thrown;
  }
}

async function loadWhole(address: URL, host: AddressHost, options: OpenOptions, why: string): Promise<OpenFile> {
  const answer = await request(address, { signal: options.signal, stallTimeout: host.stallTimeout });
  requireFile(answer, address, 'whole');
  return keepWhole(answer, address, host, options, why);
}

/** Streams the answer into a temporary file, which lives as long as the open file. */
async function keepWhole(
  answer: Answer,
  address: URL,
  { database, temporary }: AddressHost,
  { signal, onProgress, partitions }: OpenOptions,
  why: string,
): Promise<OpenFile> {
  const length = answer.headers.get('Content-Length');
  // Bytes as sent. A server of another origin need not show that it encodes the content, so they may be fewer than come;
  // the browser itself fails where too few are sent.
  const known = length === null || answer.headers.has('Content-Encoding') ? undefined : Number(length);
  let folder: TemporaryFolder;
  let file: TemporaryFile;
  try {
    folder = await temporary();
    file = await folder.create(fileNameOf(address));
  } catch (thrown) {
    answer.cancel();
    throw explainStorage(thrown, `Loading ${shownAddress(address)}`);
  }
  let size = 0;
  try {
    for await (const piece of answer.pieces()) {
      size += writeAll(file, piece, size);
      if (known !== undefined && known > 0) onProgress?.(Math.min(1, size / known));
    }
    file.access.flush();
    file.access.close();
    const blob = await file.handle.getFile();
    requireNoPage(new Uint8Array(await blob.slice(0, pageLength).arrayBuffer()), answer, address);
    const empty = hasNoContent(answer.status) ? [noContent(address, answer.status)] : [];
    return new BlobFile(database, {
      location: shownAddress(address),
      blob,
      decompressed: size !== known && !(await beginsLikeGzip(blob)),
      notices: size > headLength ? [loadedWhole(address, size, why)] : empty,
      partitions,
      release: () => folder.discard(file),
    });
  } catch (thrown) {
    await folder.discard(file);
    throw explain(thrown, address, size, known, signal);
  }
}

/** A browser undoes the server's content encoding, which some servers say of files that were stored compressed. */
async function beginsLikeGzip(blob: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b; // RFC 1952, 2.3.1
}

function writeAll({ access }: TemporaryFile, bytes: Uint8Array, at: number): number {
  const written = access.write(bytes, { at });
  if (written < bytes.byteLength) throw new DOMException('The file did not take all bytes.', 'QuotaExceededError');
  return written;
}

/** A body that breaks off is a TypeError; everything else comes from the storage. */
function explain(
  thrown: unknown,
  address: URL,
  received: number,
  total: number | undefined,
  signal: AbortSignal | undefined,
): SluiceError {
  if (signal?.aborted) return cancelled();
  if (thrown instanceof SluiceError) return thrown;
  if (thrown instanceof TypeError) return brokenOff(address, received, total, thrown);
  return explainStorage(thrown, `Loading ${shownAddress(address)}`);
}
