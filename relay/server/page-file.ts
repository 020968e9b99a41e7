// A file of the page, opened before anything is told about it, so that what is told and what is sent are one.
import { open, type FileHandle } from 'node:fs/promises';

export interface PageFile {
  readonly handle: FileHandle;
  /** Bytes. */
  readonly size: number;
  readonly modified: Date;
  /** A strong entity tag: another for another content or coding. */
  readonly tag: string;
  readonly coding: string | undefined;
}

/** Opens a file; undefined when there is none. `coding` is how its bytes are compressed. */
export async function openPageFile(path: string, coding?: string): Promise<PageFile | undefined> {
  const handle = await openIfThere(path);
  if (!handle) return undefined;
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    return undefined;
  }
  const { size, mtime: modified, mtimeMs } = stats;
  const parts = [size.toString(36), Math.trunc(mtimeMs).toString(36), ...(coding === undefined ? [] : [coding])];
  return { handle, size, modified, tag: `"${parts.join('-')}"`, coding };
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw thrown;
  }
}
