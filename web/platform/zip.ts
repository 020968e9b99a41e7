// A folder of stored files as one zip file (APPNOTE 6.3, without compression: Parquet and gzip files have theirs),
// written as it is read.
import { makeZip } from 'client-zip';
import { cancelled, failure } from '../../shared/errors.ts';
import type { NewFile, Work } from '../../shared/platform.ts';
import { basename, normalizeFolder } from './location.ts';
import { explainStorage } from './storage-errors.ts';
import type { OriginStorage } from './storage.ts';

/** Fills the file, which the caller commits or aborts, and answers how many files are in it. Fails with file.not_found. */
export async function writeZip(
  storage: OriginStorage,
  location: string,
  file: NewFile,
  { signal, onProgress }: Work,
): Promise<number> {
  const path = normalizeFolder(location);
  const within = (other: string): boolean => other.startsWith(`${path}/`);
  const enters = (folder: string): boolean => within(folder) || `${path}/`.startsWith(`${folder}/`);
  const all = await storage.find({ base: path, matches: within, enters }, signal);
  const found = all.sort((one, other) => (one.path < other.path ? -1 : 1));
  if (found.length === 0) throw failure('file.not_found', `There are no files in the folder ${path}.`);
  const total = found.reduce((sum, { size }) => sum + size, 0);
  const start = path.length - basename(path).length;
  let written = 0;
  async function* entries() {
    for (const each of found) {
      const input = await storage.blob(each.path);
      if (input) yield { name: each.path.slice(start), input };
    }
  }
  const reader = makeZip(entries()).getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      if (signal?.aborted) throw cancelled();
      await file.write(step.value);
      written += step.value.byteLength;
      if (total > 0) onProgress?.(Math.min(1, written / total));
    }
  } catch (thrown) {
    throw explainStorage(thrown, `Zipping ${path}`);
  } finally {
    await reader.cancel();
  }
  return found.length;
}
