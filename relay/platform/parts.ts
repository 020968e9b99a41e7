// What files and folders have in common that are not whole yet: hidden names beside their place, and making what was
// done last (fsync(2) of a file before and of its folder after a rename).
import { randomBytes } from 'node:crypto';
import { lstat, open, rmdir, type FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { errno, isMissing } from './disk-errors.ts';

/** A hidden name that is nobody else's; a name may have 255 bytes. */
export function hiddenName(name: string, ending: 'part' | 'old'): string {
  const label = Buffer.byteLength(name) <= 200 ? `${name}.` : '';
  return `.${label}${randomBytes(6).toString('hex')}.${ending}`;
}

/** Whether `candidate` may be a hidden name that was made for `name`. */
export function isHiddenNameOf(name: string, ending: 'part' | 'old', candidate: string): boolean {
  return (
    candidate.startsWith(`.${name}.`) && new RegExp(`^[0-9a-f]{12}\\.${ending}$`).test(candidate.slice(name.length + 2))
  );
}

/** Whether a name may be a hidden name. */
export function isHiddenName(candidate: string, ending: 'part' | 'old'): boolean {
  return candidate.startsWith('.') && new RegExp(`\\.[0-9a-f]{12}\\.${ending}$`).test(candidate);
}

/** What is at the path itself, be it a link; undefined for nothing. */
export async function lstatIfAny(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

/** Writes all the bytes at the handle's place: write(2) may take only some of them, on a disk that is nearly full. */
export async function writeAll(handle: Pick<FileHandle, 'write'>, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) done += (await handle.write(bytes, done)).bytesWritten;
}

/** Gives something new the mode of what it replaces, and its owner and group where the system lets us. */
export async function keepAccess(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const now = await handle.stat();
  if (now.gid !== gid) await handle.chown(-1, gid).catch(unlessRefused);
  if (now.uid !== uid) await handle.chown(uid, -1).catch(unlessRefused);
  if ((now.mode & 0o777) !== (mode & 0o777)) await handle.chmod(mode & 0o777);
}

/** Only root may give a file away. */
function unlessRefused(thrown: unknown): void {
  if (errno(thrown) !== 'EPERM') throw thrown;
}

/** Makes the content of a file, or the names in a folder, last. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes folders from the lowest up to `top`, as long as they are empty. */
export async function removeEmpty(folder: string, top: string): Promise<void> {
  for (let at = folder; at.startsWith(top); at = dirname(at)) {
    try {
      await rmdir(at);
    } catch (thrown) {
      if (['ENOTEMPTY', 'EEXIST'].includes(errno(thrown) ?? '')) return;
      if (!isMissing(thrown)) throw thrown;
    }
  }
}
