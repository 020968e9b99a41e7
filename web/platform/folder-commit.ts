// How a folder takes its place in the private file system, which cannot rename folders: a list of what is to be moved is
// written first, then files are moved one by one, then what is not on the list is removed. A list that is found later,
// because its writer died on the way, is worked off again, which does no harm to what was done: so the folder becomes
// whole before anybody sees the storage again.
import { basename } from './location.ts';
import { isMissing } from './storage-errors.ts';

export interface FolderCommit {
  /** The folder's path among the stored files. */
  readonly folder: string;
  readonly files: readonly { readonly from: string; readonly to: string }[];
}

/** Begins the names of lists among the temporary files, whose names begin with a number. */
export const commitPrefix = 'commit-';

/** Works the list off; files come from `staging`. */
export async function finishCommit(
  root: FileSystemDirectoryHandle,
  staging: FileSystemDirectoryHandle,
  { folder, files }: FolderCommit,
): Promise<void> {
  const target = await folderAt(root, folder);
  for (const { from, to } of files) {
    const handle = await staging.getFileHandle(from).catch(missing);
    if (handle) await moveFile(handle, staging, target, to);
  }
  await removeOthers(target, '', new Set(files.map(({ to }) => to)));
}

/** The list in a file that may be one; undefined for one that was not written to its end: nothing was moved then. */
export async function readCommit(handle: FileSystemFileHandle): Promise<FolderCommit | undefined> {
  const text = await (await handle.getFile()).text();
  try {
    return text.endsWith('\n') ? (JSON.parse(text) as FolderCommit) : undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

export function commitText(commit: FolderCommit): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(commit)}\n`);
}

async function moveFile(
  handle: FileSystemFileHandle,
  staging: FileSystemDirectoryHandle,
  target: FileSystemDirectoryHandle,
  to: string,
): Promise<void> {
  const folder = await folderAt(target, to.split('/').slice(0, -1).join('/'));
  const name = basename(to);
  await clearWay(folder, name, 'directory');
  if (handle.move) {
    await handle.move(folder, name);
    return;
  }
  const copy = await folder.getFileHandle(name, { create: true });
  await (await handle.getFile()).stream().pipeTo(await copy.createWritable());
  await staging.removeEntry(handle.name);
}

/** The folder, made with all folders above it; files in the way are of what is replaced. */
async function folderAt(root: FileSystemDirectoryHandle, path: string): Promise<FileSystemDirectoryHandle> {
  let folder = root;
  for (const step of path === '' ? [] : path.split('/')) {
    await clearWay(folder, step, 'file');
    folder = await folder.getDirectoryHandle(step, { create: true });
  }
  return folder;
}

/** Removes an entry of the wrong kind. */
async function clearWay(folder: FileSystemDirectoryHandle, name: string, wrong: 'file' | 'directory'): Promise<void> {
  const found =
    wrong === 'file'
      ? await folder.getFileHandle(name).catch(missing)
      : await folder.getDirectoryHandle(name).catch(missing);
  if (found) await folder.removeEntry(name, { recursive: true });
}

/** Answers whether anything is left. */
async function removeOthers(
  folder: FileSystemDirectoryHandle,
  prefix: string,
  kept: ReadonlySet<string>,
): Promise<boolean> {
  let left = false;
  const entries: [string, FileSystemHandle][] = [];
  for await (const entry of folder.entries()) entries.push(entry);
  for (const [name, handle] of entries) {
    const path = prefix + name;
    const keeps =
      handle instanceof FileSystemDirectoryHandle ? await removeOthers(handle, `${path}/`, kept) : kept.has(path);
    if (keeps) left = true;
    else await folder.removeEntry(name, { recursive: true });
  }
  return left;
}

function missing(thrown: unknown): undefined {
  if (!isMissing(thrown)) throw thrown;
  return undefined;
}
