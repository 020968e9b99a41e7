// Files by folder: the lines of a tree, top to bottom.
import type { WorkspaceFile } from '../../../shared/protocol/worker.ts';

export interface FolderLine {
  readonly kind: 'folder';
  /** Without a slash at its end. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly open: boolean;
  /** How many files it has, those in its folders included, and their bytes. */
  readonly files: number;
  readonly size: number;
  /** Whether any of them is kept in the browser. */
  readonly stored: boolean;
}

export interface FileLine {
  readonly kind: 'file';
  readonly file: WorkspaceFile;
  readonly name: string;
  readonly depth: number;
}

export type Line = FolderLine | FileLine;

/** A folder with more files than this is closed until someone opens it. */
const crowd = 12;

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  readonly files: WorkspaceFile[];
}

/** `toggled`: the paths of folders that someone has opened or closed. `first`: the path to stand above all others. */
export function linesOf(
  files: readonly WorkspaceFile[],
  toggled: ReadonlySet<string>,
  first?: string,
): readonly Line[] {
  const root: Folder = { path: '', folders: new Map(), files: [] };
  for (const file of files) {
    let folder = root;
    for (const step of file.path.split('/').slice(0, -1)) {
      const path = folder.path === '' ? step : `${folder.path}/${step}`;
      const next = folder.folders.get(step) ?? { path, folders: new Map(), files: [] };
      folder.folders.set(step, next);
      folder = next;
    }
    folder.files.push(file);
  }
  return below(root, 0, toggled, first);
}

/** The last step of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function below(folder: Folder, depth: number, toggled: ReadonlySet<string>, first: string | undefined): Line[] {
  const parts: { readonly path: string; readonly lines: () => Line[] }[] = [
    ...[...folder.folders.values()].map((inner) => ({
      path: inner.path,
      lines: () => folderLines(inner, depth, toggled, first),
    })),
    ...folder.files.map((file) => ({
      path: file.path,
      lines: (): Line[] => [{ kind: 'file', file, name: baseName(file.path), depth }],
    })),
  ];
  const leads = (path: string): boolean => first !== undefined && (first === path || first.startsWith(`${path}/`));
  parts.sort((a, b) => Number(leads(b.path)) - Number(leads(a.path)) || (a.path < b.path ? -1 : 1));
  return parts.flatMap(({ lines }) => lines());
}

function folderLines(folder: Folder, depth: number, toggled: ReadonlySet<string>, first: string | undefined): Line[] {
  const all = filesIn(folder);
  const open = all.length <= crowd !== toggled.has(folder.path);
  const line: FolderLine = {
    ...{ kind: 'folder', path: folder.path, name: baseName(folder.path), depth, open, files: all.length },
    size: all.reduce((sum, { size }) => sum + size, 0),
    stored: all.some(({ kind }) => kind === 'stored'),
  };
  return [line, ...(open ? below(folder, depth + 1, toggled, first) : [])];
}

function filesIn({ folders, files }: Folder): WorkspaceFile[] {
  return [...files, ...[...folders.values()].flatMap(filesIn)];
}
