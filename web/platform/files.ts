// The browser's Files: added files, stored files, what addresses give, and files beside a document that has an address.
import { failure, type Issue } from '../../shared/errors.ts';
import { selectionOf } from '../../shared/locations/glob.ts';
import { defaultStallTimeout, unlistable, unwritable } from '../../shared/locations/http.ts';
import type {
  Files,
  FoundFile,
  ListOptions,
  NewFile,
  NewFolder,
  OpenFile,
  OpenOptions,
} from '../../shared/platform.ts';
import { BlobFile } from './blob-file.ts';
import type { Database } from './database.ts';
import { listBeside } from './http/beside.ts';
import { openAddress } from './http/open-address.ts';
import { addressBeside, addressOf, normalizeFolder, normalizePath } from './location.ts';
import { StoredNewFile } from './new-file.ts';
import { StoredNewFolder } from './new-folder.ts';
import type { Workspace } from './workspace.ts';

export interface BrowserFilesOptions {
  /** The address of the document, when it has one: paths found nowhere else are looked for beside it. */
  readonly base?: string | undefined;
  /** Milliseconds without a byte after which a request is given up. */
  readonly stallTimeout?: number | undefined;
}

export class BrowserFiles implements Files {
  readonly #database: Database;
  readonly #workspace: Workspace;
  readonly #base: string | undefined;
  readonly #stallTimeout: number;

  constructor(database: Database, workspace: Workspace, options: BrowserFilesOptions = {}) {
    this.#database = database;
    this.#workspace = workspace;
    this.#base = options.base;
    this.#stallTimeout = options.stallTimeout ?? defaultStallTimeout;
  }

  /** In this order: added by path, stored by path, the one added with that name, beside the document. */
  async open(location: string, options: OpenOptions = {}): Promise<OpenFile> {
    const address = addressOf(location);
    if (address) return this.#openAddress(address, options);
    const path = normalizePath(location);
    const { partitions } = options;
    const blob = this.#workspace.added.atPath(path) ?? (await (await this.#workspace.storageIfAny())?.blob(path));
    if (blob) return new BlobFile(this.#database, { location: path, blob, partitions });
    const named = this.#workspace.added.byName(path);
    if (named) {
      const notices = [foundByName(path, named.path)];
      return new BlobFile(this.#database, { location: named.path, blob: named.blob, notices, partitions });
    }
    if (this.#base !== undefined) return this.#openAddress(addressBeside(path, this.#base), options);
    throw failure('file.not_found', `There is no file ${path}.`, { hint: 'Add it to the page under Files.' });
  }

  /** An added file hides the stored one with its path. Where there is neither, those beside the document count. */
  async list(location: string, { signal, literal = false }: ListOptions = {}): Promise<readonly FoundFile[]> {
    if (addressOf(location)) throw unlistable(location);
    const selection = selectionOf(normalizeFolder(location), literal);
    const stored = (await (await this.#workspace.storageIfAny())?.find(selection, signal)) ?? [];
    const added = this.#workspace.added.list().filter(({ path }) => selection.matches(path));
    const start = selection.base === '' ? 0 : selection.base.length + 1;
    const paths = new Set([...stored, ...added].map(({ path }) => path));
    const stallTimeout = this.#stallTimeout;
    const looksBeside = paths.size === 0 && this.#base !== undefined;
    const beside = looksBeside ? await listBeside(this.#base, { signal, stallTimeout }) : [];
    for (const path of beside) if (selection.matches(path)) paths.add(path);
    return [...paths].sort().map((path) => ({ location: path, below: path.slice(start) }));
  }

  async kindOf(location: string): Promise<'file' | 'folder' | undefined> {
    if (addressOf(location)) return undefined;
    const path = normalizeFolder(location);
    if (path === '') return 'folder';
    if (this.#workspace.added.atPath(path)) return 'file';
    if (this.#workspace.added.list().some((added) => added.path.startsWith(`${path}/`))) return 'folder';
    return (await this.#workspace.storageIfAny())?.kindOf(path);
  }

  hold(name: string, bytes: Uint8Array): Promise<OpenFile> {
    return Promise.resolve(new BlobFile(this.#database, { location: name, blob: new Blob([new Uint8Array(bytes)]) }));
  }

  async create(location: string): Promise<NewFile> {
    if (addressOf(location)) throw unwritable(location);
    const path = normalizePath(location);
    return StoredNewFile.create(this.#database, await this.#workspace.storage(), path);
  }

  async createFolder(location: string, mode: 'refuse' | 'replace'): Promise<NewFolder> {
    if (addressOf(location)) throw unwritable(location);
    const path = normalizePath(location);
    return StoredNewFolder.create(this.#database, await this.#workspace.storage(), path, mode);
  }

  async remove(location: string): Promise<void> {
    await (await this.#workspace.storage()).remove(normalizePath(location));
  }

  #openAddress(address: URL, options: OpenOptions): Promise<OpenFile> {
    const host = {
      database: this.#database,
      stallTimeout: this.#stallTimeout,
      temporary: async () => (await this.#workspace.storage()).temporary,
    };
    return openAddress(address, host, options);
  }
}

function foundByName(wanted: string, path: string): Issue {
  const message = `${wanted} was found by its name: the added file ${path}.`;
  return { code: 'file.matched_by_name', severity: 'info', message };
}
