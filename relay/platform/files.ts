// The relay's Files: everything below one folder of the disk, and what http(s) addresses give.
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { selectionOf } from '../../shared/locations/glob.ts';
import { unlistable, unwritable } from '../../shared/locations/http.ts';
import type { Files, FoundFile, NewFile, NewFolder, OpenFile, OpenOptions, Work } from '../../shared/platform.ts';
import { DiskFile } from './disk-file.ts';
import { explainDisk, explaining, isMissing } from './disk-errors.ts';
import { download } from './download.ts';
import { Egress } from './egress.ts';
import { listFiles } from './listing.ts';
import { addressOf, locate, locateFolder, realPath, type DiskLocation } from './location.ts';
import { DiskNewFile } from './new-file.ts';
import { DiskNewFolder, mendFolder } from './new-folder.ts';

export class DiskFiles implements Files {
  readonly #root: string;
  readonly #private: string;
  readonly #egress: Egress;

  /** `root` is the data folder's real path, `own` a private folder that DuckDB may read, for links and downloads. */
  constructor(root: string, own: string, egress = new Egress()) {
    this.#root = root;
    this.#private = own;
    this.#egress = egress;
  }

  async open(location: string, { partitions, ...work }: OpenOptions = {}): Promise<OpenFile> {
    const address = addressOf(location);
    if (address) {
      const file = await download(address, this.#private, this.#egress, work);
      return await DiskFile.open({ ...file, links: this.#private, partitions });
    }
    const place = locate(this.#root, location);
    try {
      const path = await realPath(this.#root, place);
      return await DiskFile.open({ path, name: place.name, links: this.#private, partitions });
    } catch (thrown) {
      throw isMissing(thrown) ? missing(place.name, thrown) : explainDisk(thrown, `Opening ${place.name}`);
    }
  }

  async list(location: string, { signal }: Work = {}): Promise<readonly FoundFile[]> {
    if (addressOf(location)) throw unlistable(location);
    const place = locateFolder(this.#root, location);
    const selection = selectionOf(place.name);
    if (selection.base !== '') await this.#mend(locateFolder(this.#root, selection.base));
    return listFiles(this.#root, selection, signal);
  }

  async hold(name: string, bytes: Uint8Array): Promise<OpenFile> {
    const path = join(this.#private, randomUUID());
    try {
      await writeFile(path, bytes);
      return await DiskFile.open({ path, name, links: this.#private, release: () => rm(path, { force: true }) });
    } catch (thrown) {
      await rm(path, { force: true });
      throw explainDisk(thrown, `Holding ${name}`);
    }
  }

  async create(location: string): Promise<NewFile> {
    return await DiskNewFile.create(this.#root, this.#locateNew(location));
  }

  async createFolder(location: string, mode: 'refuse' | 'replace'): Promise<NewFolder> {
    return await DiskNewFolder.create(this.#root, this.#locateNew(location), mode);
  }

  async remove(location: string): Promise<void> {
    const place = this.#locateNew(location);
    try {
      await rm(await realPath(this.#root, place));
    } catch (thrown) {
      throw isMissing(thrown) ? missing(place.name, thrown) : explainDisk(thrown, `Removing ${place.name}`);
    }
  }

  #locateNew(location: string): DiskLocation {
    if (addressOf(location)) throw unwritable(location);
    return locate(this.#root, location);
  }

  /** A writer may have died while it replaced the folder. */
  #mend({ path, name }: DiskLocation): Promise<void> {
    return explaining(`Opening ${name}`, () => mendFolder(path));
  }
}

function missing(name: string, cause: unknown): SluiceError {
  return failure('file.not_found', `There is no file ${name} in the data folder.`, {
    cause,
    hint: 'Locations start at the data folder of this relay.',
  });
}
