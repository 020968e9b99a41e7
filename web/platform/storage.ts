// The files that are kept in the origin's private file system (File System standard, WHATWG), by path.
import { cancelled, failure } from '../../shared/errors.ts';
import type { Selection } from '../../shared/locations/glob.ts';
import type { WorkspaceFile } from '../../shared/protocol/worker.ts';
import type { FolderCommit } from './folder-commit.ts';
import { basename, privateFolder } from './location.ts';
import { explainStorage, isMissing, storageUnavailable } from './storage-errors.ts';
import { TemporaryFolder, type TemporaryFile } from './temporary.ts';

export class OriginStorage {
  readonly temporary: TemporaryFolder;
  readonly #root: FileSystemDirectoryHandle;

  private constructor(root: FileSystemDirectoryHandle, temporary: TemporaryFolder) {
    this.#root = root;
    this.temporary = temporary;
  }

  /** Fails with storage.unavailable where the browser has no such file system for this page. */
  static async open(): Promise<OriginStorage> {
    try {
      const root = await navigator.storage.getDirectory();
      return new OriginStorage(root, await TemporaryFolder.open(root));
    } catch (thrown) {
      throw storageUnavailable(thrown);
    }
  }

  /** The file's content as it is now, or undefined when there is no such file. */
  async blob(path: string): Promise<Blob | undefined> {
    try {
      const folder = await this.#folderOf(path, false);
      return await (await folder.getFileHandle(basename(path))).getFile();
    } catch (thrown) {
      if (isMissing(thrown)) return undefined;
      throw explainStorage(thrown, `Opening ${path}`);
    }
  }

  /** All files but the private ones, in order of their paths. */
  async list(): Promise<WorkspaceFile[]> {
    const files: WorkspaceFile[] = [];
    for await (const [path, handle] of walk(this.#root, '')) {
      files.push({ path, size: (await handle.getFile()).size, kind: 'stored' });
    }
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The files that the selection picks, unordered. */
  async find(selection: Selection, signal?: AbortSignal): Promise<WorkspaceFile[]> {
    const files: WorkspaceFile[] = [];
    for await (const [path, handle] of walk(this.#root, '', (folder) => selection.enters(folder))) {
      if (signal?.aborted) throw cancelled();
      if (selection.matches(path)) files.push({ path, size: (await handle.getFile()).size, kind: 'stored' });
    }
    return files;
  }

  /** What is at the path; an empty folder is nothing. */
  async kindOf(path: string): Promise<'file' | 'folder' | undefined> {
    try {
      const parent = await this.#folderOf(path, false);
      const folder = await parent.getDirectoryHandle(basename(path));
      return (await folder.keys().next()).done ? undefined : 'folder';
    } catch (thrown) {
      if (isMissing(thrown)) return (await this.blob(path)) ? 'file' : undefined;
      throw explainStorage(thrown, `Looking up ${path}`);
    }
  }

  /** Puts finished temporary files where they belong; nothing else stays in the folder. */
  publishFolder(commit: FolderCommit): Promise<void> {
    return this.temporary.publishFolder(commit);
  }

  async remove(path: string): Promise<void> {
    try {
      const folder = await this.#folderOf(path, false);
      await (await folder.getFileHandle(basename(path))).getFile(); // a folder is not removed
      await folder.removeEntry(basename(path));
    } catch (thrown) {
      if (isMissing(thrown)) throw failure('file.not_found', `There is no stored file ${path}.`, { cause: thrown });
      throw explainStorage(thrown, `Removing ${path}`);
    }
  }

  /**
   * Closes a finished file and puts it where it belongs, replacing what is there in one step. Browsers that cannot move
   * files get a copy through `createWritable`, which also replaces in one step, but needs room for both.
   */
  async publish({ handle, access }: TemporaryFile, path: string): Promise<void> {
    try {
      access.flush();
      access.close();
      const folder = await this.#folderOf(path, true);
      if (handle.move) await handle.move(folder, basename(path));
      else await copy(handle, await folder.getFileHandle(basename(path), { create: true }));
    } catch (thrown) {
      throw explainStorage(thrown, `Writing ${path}`);
    }
  }

  close(): Promise<void> {
    return this.temporary.close();
  }

  async #folderOf(path: string, create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder = this.#root;
    for (const step of path.split('/').slice(0, -1)) folder = await folder.getDirectoryHandle(step, { create });
    return folder;
  }
}

async function copy(from: FileSystemFileHandle, to: FileSystemFileHandle): Promise<void> {
  await (await from.getFile()).stream().pipeTo(await to.createWritable());
}

async function* walk(
  folder: FileSystemDirectoryHandle,
  prefix: string,
  enters: (folder: string) => boolean = () => true,
): AsyncGenerator<[path: string, handle: FileSystemFileHandle]> {
  for await (const [name, handle] of folder.entries()) {
    if (handle instanceof FileSystemFileHandle) yield [prefix + name, handle];
    else if (handle instanceof FileSystemDirectoryHandle && prefix + name !== privateFolder && enters(prefix + name)) {
      yield* walk(handle, `${prefix}${name}/`, enters);
    }
  }
}
