// A folder of the process's own, for links, downloads and what DuckDB spills. Its name tells whose it is, and it has a
// list of what the process may leave elsewhere, so that others can tidy up after it when it was killed (leftovers.ts).
import { appendFile, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explaining } from './disk-errors.ts';
import { leftoversName, lineOf, type NoteLeftover } from './leftover.ts';
import { privateFolderPrefix } from './process-identity.ts';

export class PrivateFolder {
  readonly path: string;
  /** For links and files that DuckDB may read. */
  readonly links: string;
  readonly #list: string;

  /** Below `temporary`, the system's folder for such when absent. Fails with storage.full, file.forbidden, file.failed. */
  static open(temporary = tmpdir()): Promise<PrivateFolder> {
    return explaining('Making a private folder', async () => {
      // mkdtemp makes it with mode 700
      const path = await mkdtemp(join(await realpath(temporary), await privateFolderPrefix()));
      const folder = new PrivateFolder(path);
      await mkdir(folder.links);
      return folder;
    });
  }

  private constructor(path: string) {
    this.path = path;
    this.links = join(path, 'links');
    this.#list = join(path, leftoversName);
  }

  readonly note: NoteLeftover = async (leftover) => {
    await appendFile(this.#list, lineOf(leftover), { mode: 0o600 });
  };

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
