// A location of a document as an address, or as a path of this machine.
import { fileURLToPath } from 'node:url';
import { failure } from '../../shared/errors.ts';

/** A place in a data folder. */
export interface DiskLocation {
  /** The absolute path. */
  readonly path: string;
  /** What messages call it, and a location of the same file. */
  readonly name: string;
}

/** Where names start. */
export interface Anchor {
  /** The absolute path of a folder, without symbolic links. */
  readonly path: string;
  /** What stands before a path below it to make it a location: nothing, or the path with a slash behind it. */
  readonly shown: string;
}

/** The http(s) address that a location is. `document.unsupported` for other schemes but file:. */
export function addressOf(location: string): URL | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(location)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'file') return undefined;
  if ((scheme === 'http' || scheme === 'https') && URL.canParse(location)) return new URL(location);
  throw failure(
    'document.unsupported',
    `${location} cannot be used here: this relay knows no ${scheme}:// addresses yet.`,
    { hint: 'Put the file into a data folder and give its path there.' },
  );
}

/** The path that a location is; `file.forbidden` for file:// addresses of other machines. */
export function pathOf(location: string): string {
  if (!/^file:\/\//i.test(location)) return location;
  try {
    return fileURLToPath(location);
  } catch (thrown) {
    throw failure('file.forbidden', `${location} names no file of this machine.`, { cause: thrown });
  }
}
