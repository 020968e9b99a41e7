// A folder of the process's own, for links, downloads and what DuckDB spills. Its name tells whose it is, and it has a
// list of what the process may leave elsewhere, so that others can tidy up after it when it was killed (leftovers.ts).
import { appendFile, mkdir, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explaining, isMissing } from './disk-errors.ts';
import { leftoversIn, leftoversName, lineOf, type NoteLeftover } from './leftover.ts';
import { lstatIfAny } from './parts.ts';
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

  /** Removes everything but the list, where something on it could not be tidied up: the next sweep will do so. */
  async remove(): Promise<void> {
    if (!(await leavesSomething(this.#list))) return rm(this.path, { recursive: true, force: true });
    for (const entry of await readdir(this.path)) {
      if (entry !== leftoversName) await rm(join(this.path, entry), { recursive: true, force: true });
    }
  }
}

async function leavesSomething(list: string): Promise<boolean> {
  const noted = await readFile(list, 'utf8').catch((thrown: unknown) => {
    if (isMissing(thrown)) return '';
    throw thrown;
  });
  for (const leftover of leftoversIn(noted)) {
    if (await lstatIfAny('part' in leftover ? leftover.part : leftover.old)) return true;
  }
  return false;
}
