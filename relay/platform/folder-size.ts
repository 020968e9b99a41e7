// Bytes on the disk: as sizes are written, and as folders hold them.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './disk-errors.ts';

const units: Readonly<Record<string, number>> = {
  ...{ B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 },
};

/** The bytes of a size as DuckDB reads it, such as `2GB`; undefined for what has no bytes, such as `80%`. */
export function bytesOf(size: string | undefined): number | undefined {
  const [, amount, unit = ''] = /^\s*([\d.]+)\s*([a-z]+)\s*$/i.exec(size ?? '') ?? [];
  const factor = units[unit.toUpperCase()];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

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
