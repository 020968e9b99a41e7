// A file over http(s), streamed whole into a temporary file: DuckDB here has no HTTP of its own, and what it may ask is
// decided in egress.ts alone.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled, failure, SluiceError, type Issue } from '../../shared/errors.ts';
import { fileNameOf, shownAddress } from '../../shared/locations/address.ts';
import { brokenOff, loadedWhole, refusalOf } from '../../shared/locations/http.ts';
import type { Work } from '../../shared/platform.ts';
import { explainDisk } from './disk-errors.ts';
import { explainRequest, type Egress } from './egress.ts';

export interface Download {
  readonly path: string;
  /** What it is called in messages. */
  readonly name: string;
  readonly notices: readonly Issue[];
  /** Deletes the temporary file. */
  readonly release: () => Promise<void>;
}

/** Fails with file.not_found, file.forbidden, file.failed, storage.full, run.limit, run.cancelled. */
export async function download(address: URL, folder: string, egress: Egress, work: Work): Promise<Download> {
  const name = shownAddress(address);
  const own = join(folder, randomUUID());
  let taken = 0;
  const take = (bytes: number): void => {
    egress.budget.take(bytes, name);
    taken += bytes;
  };
  const release = async (): Promise<void> => {
    await rm(own, { recursive: true, force: true });
    egress.budget.give(taken);
    taken = 0;
  };
  try {
    const answer = await egress.get(address, work.signal);
    const refusal = refusalOf(answer.statusCode ?? 0, answer.headers['content-type'], address);
    if (refusal) {
      answer.destroy();
      throw refusal;
    }
    const announced = Number(answer.headers['content-length'] ?? 0);
    if (announced > egress.maxDownloadSize) {
      answer.destroy();
      throw tooLarge(address, egress.maxDownloadSize);
    }
    await mkdir(own);
    const path = join(own, fileNameOf(address));
    const size = await save(answer, path, address, egress.maxDownloadSize, work, take);
    return { path, name, notices: [loadedWhole(address, size, 'DuckDB reads it from the disk here')], release };
  } catch (thrown) {
    await release();
    if (work.signal?.aborted) throw cancelled();
    throw thrown instanceof SluiceError ? thrown : explainRequest(thrown, address);
  }
}

async function save(
  answer: IncomingMessage,
  path: string,
  address: URL,
  most: number,
  work: Work,
  take: (bytes: number) => void,
): Promise<number> {
  const total = Number(answer.headers['content-length'] ?? 0);
  const file = await open(path, 'wx');
  let size = 0;
  try {
    for await (const bytes of answer as AsyncIterable<Uint8Array>) {
      if (size + bytes.byteLength > most) throw tooLarge(address, most);
      take(bytes.byteLength);
      await file.write(bytes).catch((thrown: unknown) => {
        throw explainDisk(thrown, `Loading ${shownAddress(address)}`);
      });
      size += bytes.byteLength;
      if (total > 0) work.onProgress?.(Math.min(1, size / total));
    }
  } catch (thrown) {
    throw thrown instanceof SluiceError ? thrown : brokenOff(address, size, total > 0 ? total : undefined, thrown);
  } finally {
    await file.close();
  }
  return size;
}

function tooLarge(address: URL, most: number): SluiceError {
  return failure('run.limit', `${shownAddress(address)} has more than the ${most} bytes that a download may have.`, {
    hint: 'Put the file into a data folder and give its path.',
  });
}
