// The relay's Files: everything below one folder of the disk, and nothing else.
import { open, rm, stat } from 'node:fs/promises';
import { failure, type SluiceError } from '../../shared/errors.ts';
import type { Files, NewFile, OpenFile } from '../../shared/platform.ts';
import { DiskFile } from './disk-file.ts';
import { explainDisk, isMissing } from './disk-errors.ts';
import { locate, realPath } from './location.ts';
import { DiskNewFile } from './new-file.ts';

export class DiskFiles implements Files {
  readonly #root: string;
  readonly #links: string;

  /** `root` is the data folder's real path, `links` a folder in which DuckDB follows links to it. */
  constructor(root: string, links: string) {
    this.#root = root;
    this.#links = links;
  }

  async open(location: string): Promise<OpenFile> {
    const place = locate(this.#root, location);
    try {
      const path = await realPath(this.#root, place);
      if (!(await stat(path)).isFile()) throw failure('file.not_found', `${place.name} is not a file.`);
      return await DiskFile.open(await open(path), { path, name: place.name, links: this.#links });
    } catch (thrown) {
      throw isMissing(thrown) ? missing(place.name, thrown) : explainDisk(thrown, `Opening ${place.name}`);
    }
  }

  async create(location: string): Promise<NewFile> {
    return await DiskNewFile.create(this.#root, locate(this.#root, location));
  }

  async remove(location: string): Promise<void> {
    const place = locate(this.#root, location);
    try {
      await rm(await realPath(this.#root, place));
    } catch (thrown) {
      throw isMissing(thrown) ? missing(place.name, thrown) : explainDisk(thrown, `Removing ${place.name}`);
    }
  }
}

function missing(name: string, cause: unknown): SluiceError {
  return failure('file.not_found', `There is no file ${name} in the data folder.`, {
    cause,
    hint: 'Locations start at the data folder of this relay.',
  });
}
