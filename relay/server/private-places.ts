// What belongs to the relay and to no run: it must lie in no data folder, and other users should not read it.
import { mkdir, realpath, stat } from 'node:fs/promises';
import process from 'node:process';
import { failure } from '../../shared/errors.ts';
import { DataFolders } from '../platform/data-folders.ts';
import { explainDisk } from '../platform/disk-errors.ts';

export interface PrivatePlaces {
  readonly stateDirectory?: string | undefined;
  readonly keysFile?: string | undefined;
  readonly secretsFile?: string | undefined;
}

/**
 * Answers a warning for each file that others may read. Makes the state directory where it is missing. Fails with
 * command.usage where a run could reach one of the places, file.not_found where a data folder does not exist.
 */
export async function checkPrivatePlaces(places: PrivatePlaces, directories: readonly string[]): Promise<string[]> {
  const folders = await DataFolders.open({ directories });
  const warnings: string[] = [];
  const { stateDirectory, keysFile, secretsFile } = places;
  if (stateDirectory !== undefined) {
    await mkdir(stateDirectory, { recursive: true, mode: 0o700 }).catch((thrown: unknown) => {
      throw explainDisk(thrown, `Making the state directory ${stateDirectory}`);
    });
    await requireApart(folders, stateDirectory, `The state directory ${stateDirectory}`);
  }
  for (const [file, what] of [
    [keysFile, 'keys'],
    [secretsFile, 'secrets'],
  ] as const) {
    if (file === undefined) continue;
    await requireApart(folders, file, `The ${what} file ${file}`);
    if (await othersMayRead(file)) {
      warnings.push(`Other users of this machine may read the ${what} file ${file}: chmod 600 keeps them out.`);
    }
  }
  return warnings;
}

async function requireApart(folders: DataFolders, path: string, subject: string): Promise<void> {
  const real = await realpath(path).catch((thrown: unknown) => {
    throw explainDisk(thrown, `Looking up ${path}`);
  });
  if (!folders.holds(real)) return;
  throw failure('command.usage', `${subject} lies in a data folder, where every run could read and change it.`, {
    hint: 'Share a folder with --data-dir that has only data in it.',
  });
}

/** Unknown on Windows, which has other rights than these. */
async function othersMayRead(path: string): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0;
}
