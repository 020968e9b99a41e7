// Files that are not whole yet: a folder for each living platform below `.sluice/tmp`. A Web Lock with the folder's
// name tells the living from the dead, whose folders the next platform sweeps away, after it has finished what they had
// begun to make visible.
import { commitPrefix, commitText, finishCommit, readCommit, type FolderCommit } from './folder-commit.ts';
import { privateFolder } from './location.ts';

const lockPrefix = 'sluice-files-';

/** A file that is being written, open for its writer alone. */
export interface TemporaryFile {
  readonly handle: FileSystemFileHandle;
  readonly access: FileSystemSyncAccessHandle;
}

export class TemporaryFolder {
  readonly #root: FileSystemDirectoryHandle;
  readonly #all: FileSystemDirectoryHandle;
  readonly #folder: FileSystemDirectoryHandle;
  readonly #release: () => void;
  #count = 0;

  private constructor(
    root: FileSystemDirectoryHandle,
    all: FileSystemDirectoryHandle,
    folder: FileSystemDirectoryHandle,
    release: () => void,
  ) {
    this.#root = root;
    this.#all = all;
    this.#folder = folder;
    this.#release = release;
  }

  static async open(root: FileSystemDirectoryHandle): Promise<TemporaryFolder> {
    const own = await root.getDirectoryHandle(privateFolder, { create: true });
    const all = await own.getDirectoryHandle('tmp', { create: true });
    const name = lockPrefix + crypto.randomUUID();
    const release = await holdLock(name);
    await sweep(root, all);
    return new TemporaryFolder(root, all, await all.getDirectoryHandle(name, { create: true }), release);
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

  /** Puts files of this folder where they belong, and nothing else stays there: folder-commit.ts. */
  async publishFolder(commit: FolderCommit): Promise<void> {
    const name = `${commitPrefix}${++this.#count}`;
    const access = await (await this.#folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
    try {
      const text = commitText(commit);
      if (access.write(text, { at: 0 }) < text.byteLength) throw new DOMException('No room.', 'QuotaExceededError');
      access.flush();
    } finally {
      access.close();
    }
    await finishCommit(this.#root, this.#folder, commit);
    await this.#folder.removeEntry(name);
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

/** Whoever gets a dead platform's lock sweeps its folder; locks of the living are not to be had. */
async function sweep(root: FileSystemDirectoryHandle, all: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of all.keys()) names.push(name);
  for (const name of names) {
    await navigator.locks
      .request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return;
        await finishCommits(root, await all.getDirectoryHandle(name));
        await all.removeEntry(name, { recursive: true });
      })
      .catch(leaveToNextSweep); // a file in a dead one's folder may not be free yet
  }
}

async function finishCommits(root: FileSystemDirectoryHandle, folder: FileSystemDirectoryHandle): Promise<void> {
  const lists: FileSystemFileHandle[] = [];
  for await (const [name, handle] of folder.entries()) {
    if (name.startsWith(commitPrefix) && handle instanceof FileSystemFileHandle) lists.push(handle);
  }
  for (const list of lists) {
    const commit = await readCommit(list);
    if (commit) await finishCommit(root, folder, commit);
  }
}

function leaveToNextSweep(): void {
  return undefined;
}
