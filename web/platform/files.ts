// The browser's Files: added files, stored files, and files beside a document that came over HTTP.
import { failure } from '../../shared/errors.ts';
import type { Files, NewFile, OpenFile, Work } from '../../shared/platform.ts';
import { BlobFile } from './blob-file.ts';
import type { Database } from './database.ts';
import { download } from './download.ts';
import { addressBeside, addressOf, normalizePath } from './location.ts';
import { StoredNewFile } from './new-file.ts';
import type { Workspace } from './workspace.ts';

export class BrowserFiles implements Files {
  readonly #database: Database;
  readonly #workspace: Workspace;
  readonly #base: string | undefined;

  /** `base` is the address of the document, when it has one: paths found nowhere else are looked for beside it. */
  constructor(database: Database, workspace: Workspace, base?: string) {
    this.#database = database;
    this.#workspace = workspace;
    this.#base = base;
  }

  /** In this order: added by path, stored by path, the one added with that name, beside the document. */
  async open(location: string, work: Work = {}): Promise<OpenFile> {
    const address = addressOf(location, globalThis.location.origin);
    if (address) return this.#download(address, work);
    const path = normalizePath(location);
    const blob = this.#workspace.added.atPath(path) ?? (await (await this.#workspace.storageIfAny())?.blob(path));
    if (blob) return new BlobFile(this.#database, { location: path, blob });
    const named = this.#workspace.added.byName(path);
    if (named) {
      const notice = `${path} was found by its name: the added file ${named.path}.`;
      return new BlobFile(this.#database, { location: named.path, blob: named.blob, notice });
    }
    if (this.#base !== undefined) return this.#download(addressBeside(path, this.#base), work);
    throw failure('file.not_found', `There is no file ${path}.`, { hint: 'Add it to the page under Files.' });
  }

  async create(location: string): Promise<NewFile> {
    if (addressOf(location, globalThis.location.origin)) {
      throw failure('file.forbidden', `${location} cannot be written from this page.`, {
        hint: 'Give a relative path: the file is kept in the browser and can be downloaded.',
      });
    }
    const path = normalizePath(location);
    return StoredNewFile.create(this.#database, await this.#workspace.storage(), path);
  }

  async remove(location: string): Promise<void> {
    await (await this.#workspace.storage()).remove(normalizePath(location));
  }

  async #download(address: URL, work: Work): Promise<OpenFile> {
    addressOf(address.href, globalThis.location.origin);
    const { temporary } = await this.#workspace.storage();
    return new BlobFile(this.#database, { location: address.href, ...(await download(address, temporary, work)) });
  }
}
