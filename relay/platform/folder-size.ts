// How many bytes folders hold.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './disk-errors.ts';

/** Bytes that the files below a folder take on the disk, without what goes away meanwhile. Links are not followed. */
export async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await unlessMissing(readdir(folder, { withFileTypes: true }), [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesIn(path);
    // files with holes are shorter than their size
    else
      bytes += await unlessMissing(
        lstat(path).then(({ blocks, size }) => Math.min(blocks * 512, size)),
        0,
      );
  }
  return bytes;
}

async function unlessMissing<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (isMissing(thrown)) return otherwise;
    throw thrown;
  }
}
