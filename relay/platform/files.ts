// The relay's Files: everything in the data folders, and what http(s) addresses give.
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { selectionOf } from '../../shared/locations/glob.ts';
import { unlistable, unwritable } from '../../shared/locations/http.ts';
import type { Files, FoundFile, NewFile, NewFolder, OpenFile, OpenOptions, Work } from '../../shared/platform.ts';
import { DiskFile } from './disk-file.ts';
import { explainDisk, explaining, isMissing, reasonOf } from './disk-errors.ts';
import { download } from './download.ts';
import { Egress } from './egress.ts';
import { listFiles } from './listing.ts';
import type { DataFolders, FoundPlace } from './data-folders.ts';
import { addressOf, type DiskLocation } from './location.ts';
import { DiskNewFile } from './new-file.ts';
import { DiskNewFolder, mendFolder } from './new-folder.ts';
import type { PrivateFolder } from './private-folder.ts';

export class DiskFiles implements Files {
  readonly #folders: DataFolders;
  readonly #own: Pick<PrivateFolder, 'links' | 'note'>;
  readonly #egress: Egress;

  constructor(folders: DataFolders, own: Pick<PrivateFolder, 'links' | 'note'>, egress = new Egress()) {
    this.#folders = folders;
    this.#own = own;
    this.#egress = egress;
  }

  async open(location: string, { partitions, ...work }: OpenOptions = {}): Promise<OpenFile> {
    const address = addressOf(location);
    if (address) {
      const file = await download(address, this.#own.links, this.#egress, work);
      return await DiskFile.open({ ...file, links: this.#own.links, partitions });
    }
    const place = this.#folders.locate(location);
    try {
      const path = await this.#folders.realPath(place);
      return await DiskFile.open({ path, name: place.name, links: this.#own.links, partitions });
    } catch (thrown) {
      throw isMissing(thrown) ? missing(place.name, thrown) : explainDisk(thrown, `Opening ${place.name}`);
    }
  }

  async list(location: string, { signal }: Work = {}): Promise<readonly FoundFile[]> {
    if (addressOf(location)) throw unlistable(location);
    const { anchor, below } = this.#folders.locateFolder(location);
    const selection = selectionOf(below);
    const { base } = selection;
    if (base !== '') await this.#mend({ path: join(anchor.path, base), name: anchor.shown + base });
    return listFiles({ folders: this.#folders, anchor }, selection, signal);
  }

  async hold(name: string, bytes: Uint8Array): Promise<OpenFile> {
    const path = join(this.#own.links, randomUUID());
    try {
      await writeFile(path, bytes);
      return await DiskFile.open({ path, name, links: this.#own.links, release: () => rm(path, { force: true }) });
    } catch (thrown) {
      await rm(path, { force: true });
      throw explainDisk(thrown, `Holding ${name}`);
    }
  }

  async create(location: string): Promise<NewFile> {
    return await DiskNewFile.create(this.#folders, this.#locateNew(location), this.#own.note);
  }

  async createFolder(location: string, mode: 'refuse' | 'replace'): Promise<NewFolder> {
    return await DiskNewFolder.create(this.#folders, this.#locateNew(location), mode, this.#own.note);
  }

  async remove(location: string): Promise<void> {
    const place = this.#locateNew(location);
    try {
      await rm(await this.#folders.realPath(place));
    } catch (thrown) {
      throw isMissing(thrown) ? missing(place.name, thrown) : explainDisk(thrown, `Removing ${place.name}`);
    }
  }

  #locateNew(location: string): FoundPlace {
    if (addressOf(location)) throw unwritable(location);
    return this.#folders.locate(location);
  }

  /** A writer may have died while it replaced the folder. */
  #mend({ path, name }: DiskLocation): Promise<void> {
    return explaining(`Opening ${name}`, () => mendFolder(path));
  }
}

function missing(name: string, cause: unknown): SluiceError {
  return failure('file.not_found', `There is no file ${name} here.`, {
    cause: reasonOf(cause),
    hint: 'Relative locations start at the first data folder, on the command line at the working directory.',
  });
}
