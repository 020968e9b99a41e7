// Files that are not whole yet: a folder for each living platform below `.sluice/tmp`. A Web Lock with the folder's
// name tells the living from the dead, whose folders the next platform sweeps away.
import { privateFolder } from './location.ts';

const lockPrefix = 'sluice-files-';

/** A file that is being written, open for its writer alone. */
export interface TemporaryFile {
  readonly handle: FileSystemFileHandle;
  readonly access: FileSystemSyncAccessHandle;
}

export class TemporaryFolder {
  readonly #all: FileSystemDirectoryHandle;
  readonly #folder: FileSystemDirectoryHandle;
  readonly #release: () => void;
  #count = 0;

  private constructor(all: FileSystemDirectoryHandle, folder: FileSystemDirectoryHandle, release: () => void) {
    this.#all = all;
    this.#folder = folder;
    this.#release = release;
  }

  static async open(root: FileSystemDirectoryHandle): Promise<TemporaryFolder> {
    const own = await root.getDirectoryHandle(privateFolder, { create: true });
    const all = await own.getDirectoryHandle('tmp', { create: true });
    const name = lockPrefix + crypto.randomUUID();
    const release = await holdLock(name);
    await sweep(all);
    return new TemporaryFolder(all, await all.getDirectoryHandle(name, { create: true }), release);
  }

  async create(basename: string): Promise<TemporaryFile> {
    const handle = await this.#folder.getFileHandle(`${++this.#count}-${basename}`, { create: true });
    return { handle, access: await handle.createSyncAccessHandle() };
  }

  /** Closes and deletes a file; harmless when it was moved away. */
  async discard({ handle, access }: TemporaryFile): Promise<void> {
    access.close();
    await this.#folder.removeEntry(handle.name).catch(leaveToNextSweep);
  }

  async close(): Promise<void> {
    await this.#all.removeEntry(this.#folder.name, { recursive: true }).catch(leaveToNextSweep);
    this.#release();
  }
}

/** Takes a lock that ends with the returned call, or with this Worker. */
export function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
}

/** The names are listed before the locks: a folder's lock is taken before the folder is made, so none is missed. */
async function sweep(all: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of all.keys()) names.push(name);
  const { held = [] } = await navigator.locks.query();
  const living = new Set(held.map((lock) => lock.name));
  for (const name of names) {
    // Another platform may sweep at the same time, or a file in a dead one's folder may not be free yet.
    if (!living.has(name)) await all.removeEntry(name, { recursive: true }).catch(leaveToNextSweep);
  }
}

function leaveToNextSweep(): void {
  return undefined;
}
