// A file over http(s), streamed whole into a temporary file: DuckDB here has no HTTP of its own, and what it may ask is
// decided in egress.ts alone.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled, failure, SluiceError, type Issue } from '../../shared/errors.ts';
import { looksLike } from '../../shared/formats/magic.ts';
import { pageInstead, pageLength } from '../../shared/formats/web-page.ts';
import { fileNameOf, shownAddress } from '../../shared/locations/address.ts';
import { brokenOff, hasNoContent, loadedWhole, noContent, refusalOf } from '../../shared/locations/http.ts';
import type { Work } from '../../shared/platform.ts';
import { decoded, encodingsOf } from './content-encoding.ts';
import { explainDisk } from './disk-errors.ts';
import { explainRequest, type Egress } from './egress.ts';
import { writeAll } from './parts.ts';
import { noSpace, type TemporarySpace } from './temporary-space.ts';

/** Bytes that are taken ahead where a length is not announced: asking DuckDB for each piece would take as long as the piece. */
const ahead = 4 * 1024 * 1024;

export interface Download {
  readonly path: string;
  /** What it is called in messages. */
  readonly name: string;
  readonly notices: readonly Issue[];
  /** Whether it was decompressed on its way, so that a name that ends in .gz says nothing. */
  readonly decompressed: boolean;
  /** Deletes the temporary file. */
  readonly release: () => Promise<void>;
}

/** Where downloads go, and what they may take there. */
export interface DownloadFolder {
  readonly path: string;
  readonly space: TemporarySpace;
}

/** Fails with file.not_found, file.forbidden, file.failed, file.corrupt, storage.full, run.limit, run.cancelled. */
export async function download(address: URL, folder: DownloadFolder, egress: Egress, work: Work): Promise<Download> {
  const name = shownAddress(address);
  const own = join(folder.path, randomUUID());
  const share = folder.space.open();
  const release = async (): Promise<void> => {
    await rm(own, { recursive: true, force: true });
    await share.shrink(0);
  };
  let answer: IncomingMessage | undefined;
  try {
    answer = await egress.get(address, work.signal);
    const { statusCode = 0, headers } = answer;
    const refusal = refusalOf(statusCode, address);
    if (refusal) throw refusal;
    const encodings = encodingsOf(headers['content-encoding']);
    const announced = Number(headers['content-length'] ?? 0);
    const take = async (bytes: number, more: number): Promise<void> => {
      if (bytes > egress.maxDownloadSize) throw tooLarge(address, egress.maxDownloadSize);
      if (!(await share.grow(bytes, more))) throw noSpace(name, folder.space.bytes);
    };
    if (encodings.length === 0 && announced > 0) await take(announced, 0);
    await mkdir(own);
    const path = join(own, fileNameOf(address));
    const content = decoded(received(answer, address, announced, work), encodings, address);
    const { size, beginning } = await save(content, path, address, take);
    await share.shrink(size);
    const page = pageInstead(beginning, headers['content-type'], address);
    if (page) throw page;
    const notices = hasNoContent(statusCode)
      ? [noContent(address, statusCode)]
      : [loadedWhole(address, size, 'DuckDB reads it from the disk here')];
    // Some servers say of files that were stored compressed that only their transport is.
    const decompressed = encodings.length > 0 && looksLike(beginning) !== 'gzip';
    return { path, name, notices, decompressed, release };
  } catch (thrown) {
    answer?.destroy();
    await release();
    if (work.signal?.aborted) throw cancelled();
    throw thrown instanceof SluiceError ? thrown : explainRequest(thrown, address);
  }
}

/** The bytes as they come. Fails with file.failed when they end too early. */
async function* received(
  answer: IncomingMessage,
  address: URL,
  announced: number,
  { onProgress }: Work,
): AsyncGenerator<Uint8Array, void, void> {
  const total = announced > 0 ? announced : undefined;
  let size = 0;
  try {
    for await (const bytes of answer as AsyncIterable<Uint8Array>) {
      size += bytes.byteLength;
      yield bytes;
      if (total !== undefined) onProgress?.(Math.min(1, size / total));
    }
  } catch (thrown) {
    throw thrown instanceof SluiceError ? thrown : brokenOff(address, size, total, thrown);
  }
  if (total !== undefined && size !== total) throw brokenOff(address, size, total);
}

/** `take` is called with the size before the file grows to it. */
async function save(
  content: AsyncIterable<Uint8Array>,
  path: string,
  address: URL,
  take: (size: number, more: number) => Promise<void>,
): Promise<{ readonly size: number; readonly beginning: Uint8Array }> {
  const write = async (file: FileHandle, bytes: Uint8Array): Promise<void> => {
    try {
      await writeAll(file, bytes);
    } catch (thrown) {
      throw explainDisk(thrown, `Loading ${shownAddress(address)}`);
    }
  };
  const file = await open(path, 'wx');
  let size = 0;
  let beginning = new Uint8Array(0);
  try {
    for await (const bytes of content) {
      await take(size + bytes.byteLength, ahead);
      await write(file, bytes);
      if (size < pageLength) beginning = joined(beginning, bytes.subarray(0, pageLength - size));
      size += bytes.byteLength;
    }
  } finally {
    await file.close();
  }
  return { size, beginning };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.byteLength + other.byteLength);
  both.set(one);
  both.set(other, one.byteLength);
  return both;
}

function tooLarge(address: URL, most: number): SluiceError {
  return failure('run.limit', `${shownAddress(address)} has more than the ${most} bytes that a download may have.`, {
    hint: 'Put the file into a data folder and give its path.',
  });
}
