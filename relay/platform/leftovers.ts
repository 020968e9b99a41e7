// Tidies up after processes that were killed: the hidden files and folders beside their destinations, which are on the
// lists in their private folders, and these folders themselves.
import { lstat, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Issue } from '../../shared/errors.ts';
import { explainDisk, errno, isMissing } from './disk-errors.ts';
import { leftoversIn, leftoversName, type Leftover } from './leftover.ts';
import { removeEmpty } from './parts.ts';
import { hasEnded, ownerOf } from './process-identity.ts';

export interface SweepOptions {
  /**
   * Whether all processes that had their private folder here are known to have ended. Otherwise only those are swept that
   * certainly have: processes of this start of this machine whose number is free, or somebody else's by now.
   */
  readonly allEnded?: boolean;
}

/**
 * Sweeps what dead processes left whose platforms were opened with this `temporary` folder: removes what was not whole,
 * puts back a folder that had stepped aside for one that never came. Never touches what a living process has, nor
 * private folders of other users. Answers what could not be done, as warnings; what is left is found by the next sweep.
 * Safe beside other sweeps.
 */
export async function sweepLeftovers(temporary: string, { allEnded = false }: SweepOptions = {}): Promise<Issue[]> {
  const issues: Issue[] = [];
  const attempt = async (task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (thrown) {
      if (isMissing(thrown)) return; // somebody else was there first
      issues.push({ ...explainDisk(thrown, 'Tidying up after a process that died').issue, severity: 'warning' });
    }
  };
  await attempt(async () => {
    for (const name of await readdir(temporary)) {
      await attempt(async () => {
        const owner = ownerOf(name);
        const folder = join(temporary, name);
        if (!owner || !(await isOurs(folder)) || !(allEnded || (await hasEnded(owner)))) return;
        const before = issues.length;
        // the last first: of several folders that stepped aside it is the newest
        for (const leftover of (await readList(folder)).reverse()) await attempt(() => sweep(leftover));
        if (issues.length === before) await rm(folder, { recursive: true, force: true });
      });
    }
  });
  return issues;
}

/** Anybody may put a folder of any name into a shared folder for temporary files. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  const us = process.getuid?.() ?? found.uid;
  return found.isDirectory() && found.uid === us && (process.platform === 'win32' || (found.mode & 0o077) === 0);
}

async function readList(folder: string): Promise<Leftover[]> {
  try {
    return leftoversIn(await readFile(join(folder, leftoversName), 'utf8'));
  } catch (thrown) {
    if (isMissing(thrown)) return []; // it has written nothing
    throw thrown;
  }
}

async function sweep(leftover: Leftover): Promise<void> {
  if ('part' in leftover) {
    await rm(leftover.part, { recursive: true, force: true });
    if (leftover.made !== undefined) await removeEmpty(dirname(leftover.part), leftover.made);
    return;
  }
  try {
    await lstat(leftover.place);
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
    if (await putBack(leftover.old, leftover.place)) return;
  }
  await rm(leftover.old, { recursive: true, force: true });
}

/** False where another folder has come. */
async function putBack(old: string, place: string): Promise<boolean> {
  try {
    await rename(old, place);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return true; // it never stepped aside, or is back already
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errno(thrown) ?? '')) return false;
    throw thrown;
  }
}
