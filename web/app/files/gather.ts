// Files that were picked or dropped, with their paths. Folders are walked by the File and Directory Entries API.

export interface Gathered {
  /** Relative, with `/` between the parts: `readings/january.csv`. */
  readonly path: string;
  readonly file: File;
}

/** Files of an input. One that picks folders gives the paths below them. */
export function pickedFiles(files: Iterable<File>): Gathered[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Whether something that is dragged holds files. */
export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/** Files that were dropped, with those in dropped folders. Must be called while the drop event is handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<Gathered[]> {
  const found = await Promise.all(Array.from(transfer.items, filesOf));
  return found.flat();
}

/** An item's files. One that is in no file system, such as a picture dragged out of a page, is just a file. */
async function filesOf(item: DataTransferItem): Promise<Gathered[]> {
  const entry = item.webkitGetAsEntry();
  if (entry) return filesBelow(entry);
  const file = item.getAsFile();
  return file ? [{ path: file.name, file }] : [];
}

async function filesBelow(entry: FileSystemEntry): Promise<Gathered[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\/+/, ''), file }];
  }
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const found: Gathered[] = [];
  for (;;) {
    // A reader hands out at most a hundred entries a call, and none once it has given all.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(filesBelow))).flat());
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
