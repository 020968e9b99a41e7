// Files that hold keys and secrets: they must lie in no data folder, and other users should not read them.
import { realpath, stat } from 'node:fs/promises';
import process from 'node:process';
import { failure } from '../../shared/errors.ts';
import { DataFolders } from '../platform/data-folders.ts';
import { explaining } from '../platform/disk-errors.ts';

/**
 * Answers a warning for each file that others may read. Fails with command.usage where a run could reach one, and with
 * file.not_found where a data folder does not exist.
 */
export async function checkPrivateFiles(files: readonly string[], directories: readonly string[]): Promise<string[]> {
  const folders = await DataFolders.open({ directories });
  const warnings: string[] = [];
  for (const file of files) {
    if (folders.holds(await explaining(`Looking up ${file}`, () => realpath(file)))) {
      throw failure(
        'command.usage',
        `${file} holds keys or secrets and lies in a data folder, where every run could read it.`,
        {
          hint: 'Share a folder with --data-dir that has only data in it.',
        },
      );
    }
    if (await othersMayRead(file)) {
      warnings.push(
        `Other users of this machine may read ${file}, which holds keys or secrets: chmod 600 keeps them out.`,
      );
    }
  }
  return warnings;
}

/** Unknown on Windows, which has other rights than these. */
async function othersMayRead(path: string): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0;
}
