// Where a location lies on the disk: below the data folder, or nowhere. Relative paths start at the folder; absolute
// paths and file:// addresses count when they lie in it.
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { explainDisk, isMissing } from './disk-errors.ts';

/** A place below the data folder. */
export interface DiskLocation {
  /** The absolute path. */
  readonly path: string;
  /** The path from the data folder on, to show; empty for the data folder itself. */
  readonly name: string;
}

/** The http(s) address that a location is. `document.unsupported` for other schemes but file:. */
export function addressOf(location: string): URL | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(location)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'file') return undefined;
  if ((scheme === 'http' || scheme === 'https') && URL.canParse(location)) return new URL(location);
  throw failure(
    'document.unsupported',
    `${location} cannot be used here: this relay knows no ${scheme}:// addresses yet.`,
    { hint: 'Put the file into the data folder and give its path there.' },
  );
}

/** Resolves the location of a file by its text alone: `file.forbidden` where it leads out. */
export function locate(root: string, location: string): DiskLocation {
  const place = locateFolder(root, location);
  if (place.name === '') throw forbidden(location);
  return place;
}

/** The same for a folder, which may be the data folder itself. */
export function locateFolder(root: string, location: string): DiskLocation {
  const path = resolve(root, pathOf(location));
  if ((path !== root && !isBelow(root, path)) || location.includes('\0')) throw forbidden(location);
  return { path, name: relative(root, path).split(sep).join('/') };
}

/** The real path of something that exists, after all symbolic links; `file.forbidden` where they lead out. */
export async function realPath(root: string, { path, name }: DiskLocation): Promise<string> {
  const real = await realpath(path);
  if (real !== root && !isBelow(root, real)) throw forbidden(name);
  return real;
}

/** Makes sure that a folder which may not exist yet lies below the data folder, whatever links lead to it. */
export async function requireFolderInside(root: string, folder: string, name: string): Promise<void> {
  for (let at = folder; at !== root; at = dirname(at)) {
    try {
      if (!isBelow(root, await realpath(at))) throw forbidden(name);
      return;
    } catch (thrown) {
      if (!isMissing(thrown)) throw explainDisk(thrown, `Looking up ${name}`);
    }
  }
}

function pathOf(location: string): string {
  if (!/^file:\/\//i.test(location)) return location;
  try {
    return fileURLToPath(location);
  } catch (thrown) {
    throw failure('file.forbidden', `${location} names no file of this machine.`, { cause: thrown });
  }
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function forbidden(location: string): SluiceError {
  return failure('file.forbidden', `"${location}" lies outside the data folder.`, {
    hint: 'Give a path that starts in the data folder and stays in it.',
  });
}
