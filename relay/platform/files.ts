// The relay's Files: everything in the data folders, and what http(s) addresses give.
import { randomUUID } from 'node:crypto';
import { lstat, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { selectionOf } from '../../shared/locations/glob.ts';
import { unlistable, unwritable } from '../../shared/locations/http.ts';
import type {
  Files,
  FoundFile,
  ListOptions,
  NewFile,
  NewFolder,
  OpenFile,
  OpenOptions,
  Work,
} from '../../shared/platform.ts';
import { DiskFile } from './disk-file.ts';
import { explainDisk, explaining, isMissing, reasonOf } from './disk-errors.ts';
import { download } from './download.ts';
import { Egress } from './egress.ts';
import { listFiles } from './listing.ts';
import type { DataFolders, FoundPlace } from './data-folders.ts';
import { addressOf, type DiskLocation } from './location.ts';
import { DiskNewFile } from './new-file.ts';
import { DiskNewFolder, mendFolder } from './new-folder.ts';
import { DiskNewStream, isStream } from './new-stream.ts';
import type { PrivateFolder } from './private-folder.ts';
import { noSpace, TemporarySpace } from './temporary-space.ts';

export class DiskFiles implements Files {
  readonly #folders: DataFolders;
  readonly #own: Pick<PrivateFolder, 'links' | 'note'>;
  readonly #egress: Egress;
  readonly #space: TemporarySpace;

  constructor(
    folders: DataFolders,
    own: Pick<PrivateFolder, 'links' | 'note'>,
    egress = new Egress(),
    space = new TemporarySpace(),
  ) {
    this.#folders = folders;
    this.#own = own;
    this.#egress = egress;
    this.#space = space;
  }

  async open(location: string, { partitions, ...work }: OpenOptions = {}): Promise<OpenFile> {
    const address = addressOf(location);
    if (address) return this.#openAddress(address, partitions, work);
    const place = this.#folders.locate(location);
    const opened = (): Promise<OpenFile> => this.#openPlace(place, partitions);
    try {
      return await opened();
    } catch (thrown) {
      if (!isMissing(thrown)) throw explainDisk(thrown, `Opening ${place.name}`);
      // A writer may have died while it replaced a folder that the file is in.
      if (await this.#mendAbove(place)) return explaining(`Opening ${place.name}`, opened);
      throw missing(place.name, thrown);
    }
  }

  async list(location: string, { literal = false, ...work }: ListOptions = {}): Promise<readonly FoundFile[]> {
    if (addressOf(location)) throw unlistable(location);
    const { anchor, below } = this.#folders.locateFolder(location);
    const selection = selectionOf(below, literal);
    const { base } = selection;
    if (base !== '') await this.#mend({ path: join(anchor.path, base), name: anchor.shown + base });
    return listFiles({ folders: this.#folders, anchor }, selection, work);
  }

  async kindOf(location: string): Promise<'file' | 'folder' | undefined> {
    if (addressOf(location)) return undefined;
    const place = this.#folders.locateFolder(location);
    try {
      const found = await stat(await this.#folders.realPath(place));
      return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : undefined;
    } catch (thrown) {
      if (isMissing(thrown)) return undefined;
      throw explainDisk(thrown, `Looking up ${place.name}`);
    }
  }

  async hold(name: string, bytes: Uint8Array): Promise<OpenFile> {
    const path = join(this.#own.links, randomUUID());
    const share = this.#space.open();
    const release = async (): Promise<void> => {
      await rm(path, { force: true });
      await share.shrink(0);
    };
    try {
      if (!(await share.grow(bytes.byteLength))) throw noSpace(name, this.#space.bytes);
      await writeFile(path, bytes);
      return await DiskFile.open({ path, name, links: this.#own.links, release });
    } catch (thrown) {
      await release();
      throw explainDisk(thrown, `Holding ${name}`);
    }
  }

  async create(location: string, work?: Work): Promise<NewFile> {
    const place = this.#locateNew(location);
    const streams = this.#folders.everything && (await explaining(`Creating ${place.name}`, () => isStream(place)));
    if (streams) return new DiskNewStream(place, this.#own.links, work);
    return await DiskNewFile.create(this.#folders, place, this.#own.note);
  }

  async createFolder(location: string, mode: 'refuse' | 'replace'): Promise<NewFolder> {
    return await DiskNewFolder.create(this.#folders, this.#locateNew(location), mode, this.#own.note);
  }

  async remove(location: string): Promise<void> {
    const place = this.#locateNew(location);
    try {
      const path = await this.#folders.realPath(place);
      if (!(await lstat(path)).isFile()) throw failure('file.forbidden', `${place.name} is no file.`);
      await rm(path);
    } catch (thrown) {
      throw isMissing(thrown) ? missing(place.name, thrown) : explainDisk(thrown, `Removing ${place.name}`);
    }
  }

  #locateNew(location: string): FoundPlace {
    if (addressOf(location)) throw unwritable(location);
    return this.#folders.locate(location);
  }

  async #openPlace(place: FoundPlace, partitions: OpenOptions['partitions']): Promise<OpenFile> {
    const path = await this.#folders.realPath(place);
    return DiskFile.open({ path, name: place.name, links: this.#own.links, partitions });
  }

  async #openAddress(address: URL, partitions: OpenOptions['partitions'], work: Work): Promise<OpenFile> {
    const folder = { path: this.#own.links, space: this.#space };
    const file = await download(address, folder, this.#egress, work);
    try {
      return await DiskFile.open({ ...file, links: this.#own.links, partitions });
    } catch (thrown) {
      await file.release();
      throw explainDisk(thrown, `Opening ${file.name}`);
    }
  }

  /** A writer may have died while it replaced the folder. */
  #mend(place: DiskLocation): Promise<boolean> {
    return explaining(`Opening ${place.name}`, async () => mendFolder(await this.#folders.resolve(place)));
  }

  /** The same for the folders that a file lies in, from the lowest up to where its name starts. */
  async #mendAbove({ anchor, below }: FoundPlace): Promise<boolean> {
    for (let steps = below.split('/').slice(0, -1); steps.length > 0; steps = steps.slice(0, -1)) {
      const folder = steps.join('/');
      if (await this.#mend({ path: join(anchor.path, folder), name: anchor.shown + folder })) return true;
    }
    return false;
  }
}

function missing(name: string, cause: unknown): SluiceError {
  return failure('file.not_found', `There is no file ${name} here.`, {
    cause: reasonOf(cause),
    hint: 'Relative locations start at the first data folder, on the command line at the working directory.',
  });
}
