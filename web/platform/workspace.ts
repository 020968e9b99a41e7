// What the user sees as "Files": added ones, read in place, and stored ones. It outlives engines and needs none.
import { failure } from '../../shared/errors.ts';
import type { WorkspaceFile } from '../../shared/protocol/worker.ts';
import { AddedFiles } from './added.ts';
import { normalizePath } from './location.ts';
import { OriginStorage } from './storage.ts';

export class Workspace {
  readonly added = new AddedFiles();
  readonly #opening: Promise<OriginStorage>;

  constructor() {
    this.#opening = OriginStorage.open();
    // Told when storage is asked for: added files can be read without it.
    this.#opening.catch(() => undefined);
  }

  /** Fails with storage.unavailable. */
  storage(): Promise<OriginStorage> {
    return this.#opening;
  }

  /** The stored files' storage, or undefined where the browser has none. */
  storageIfAny(): Promise<OriginStorage | undefined> {
    return this.#opening.catch(() => undefined);
  }

  async list(): Promise<WorkspaceFile[]> {
    const stored = (await (await this.storageIfAny())?.list()) ?? [];
    return [...this.added.list(), ...stored];
  }

  async remove(path: string, kind: WorkspaceFile['kind']): Promise<void> {
    if (kind === 'stored') return (await this.storage()).remove(normalizePath(path));
    if (!this.added.remove(path)) throw failure('file.not_found', `No file was added as ${path}.`);
  }

  /** The content of a file by its very path; of a stored one unless told otherwise. */
  async blob(path: string, kind: WorkspaceFile['kind'] = 'stored'): Promise<Blob> {
    const normal = normalizePath(path);
    const blob = kind === 'added' ? this.added.atPath(normal) : await (await this.storage()).blob(normal);
    if (!blob) throw failure('file.not_found', `There is no ${kind} file ${path}.`);
    return blob;
  }

  async close(): Promise<void> {
    await (await this.storageIfAny())?.close();
  }
}
