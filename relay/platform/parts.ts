// What files and folders have in common that are not whole yet: hidden names beside their place, and making what was
// done last (fsync(2) of a file before and of its folder after a rename).
import { randomBytes } from 'node:crypto';
import { open, rmdir } from 'node:fs/promises';
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
