// The folder of one child: its empty home, what it spills, and who it is.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issue } from '../../../shared/errors.ts';
import { sweepLeftovers } from '../../platform/index.ts';
import { endRecordedChild } from './identity.ts';

export interface WorkFolder {
  readonly path: string;
  readonly home: string;
  readonly temporary: string;
}

export async function makeWorkFolder(work: string): Promise<WorkFolder> {
  const folder = workFolder(join(work, randomUUID()));
  try {
    for (const path of [folder.path, folder.home, folder.temporary]) await mkdir(path, { mode: 0o700 });
    return folder;
  } catch (thrown) {
    await rm(folder.path, { recursive: true, force: true });
    throw thrown;
  }
}

/** Removes what a child that has ended left, beside its destinations too. Answers what could not be removed. */
export async function tidy({ path, temporary }: WorkFolder): Promise<Issue[]> {
  const issues = await sweepLeftovers(temporary, { allEnded: true });
  // what could not be swept is known from this folder only
  if (issues.length === 0) await rm(path, { recursive: true, force: true });
  return issues;
}

/** Ends the children of a relay that has died and tidies up after them. */
export async function tidyAll(work: string): Promise<Issue[]> {
  const folders = (await readdir(work)).map((name) => workFolder(join(work, name)));
  const issues = await Promise.all(
    folders.map(async (folder) => {
      await endRecordedChild(folder.path);
      return tidy(folder);
    }),
  );
  return issues.flat();
}

function workFolder(path: string): WorkFolder {
  return { path, home: join(path, 'home'), temporary: join(path, 'temporary') };
}
