// The files that were picked or dropped onto the page. They stay where they are and are read in place.
import { failure } from '../../shared/errors.ts';
import type { WorkspaceFile } from '../../shared/protocol/worker.ts';
import { basename, normalizePath } from './location.ts';

export interface AddedFile {
  readonly path: string;
  readonly blob: Blob;
}

export class AddedFiles {
  readonly #files = new Map<string, Blob>();

  /** Adds files; one with a path that is there already replaces it. */
  add(files: readonly { readonly path: string; readonly file: Blob }[]): void {
    for (const { path, file } of files) this.#files.set(normalizePath(path), file);
  }

  /** Whether it was there. */
  remove(path: string): boolean {
    return this.#files.delete(normalizePath(path));
  }

  list(): WorkspaceFile[] {
    return [...this.#files].map(([path, blob]) => ({ path, size: blob.size, kind: 'added' }));
  }

  atPath(path: string): Blob | undefined {
    return this.#files.get(path);
  }

  /** The one file with the name that the path ends in. Several: file.ambiguous. */
  byName(path: string): AddedFile | undefined {
    const name = basename(path);
    const found = [...this.#files].filter(([candidate]) => basename(candidate) === name);
    if (found.length > 1) {
      const paths = found.map(([candidate]) => candidate).sort();
      throw failure('file.ambiguous', `No file was added as ${path}, and ${paths.length} files have that name.`, {
        hint: `Give the whole path of one of them: ${paths.join(', ')}.`,
      });
    }
    const [only] = found;
    return only && { path: only[0], blob: only[1] };
  }
}
