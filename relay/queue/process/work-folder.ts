// The folder of one child: its empty home, what it spills, and who it is. Of a child that runs as another user, home and
// what it spills are that user's, the rest is the relay's.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { boundIssue, failure, type Issue } from '../../../shared/errors.ts';
import { issueSchema } from '../../../shared/protocol/relay/runs.ts';
import { z } from '../../../shared/zod.ts';
import { explainDisk, isMissing } from '../../platform/disk-errors.ts';
import { sweepLeftovers } from '../../platform/index.ts';
import { endRecordedChild } from './identity.ts';
import { launchAs, type RunAs } from './privileges.ts';

export interface WorkFolder {
  readonly path: string;
  readonly home: string;
  readonly temporary: string;
}

export async function makeWorkFolder(work: string, user?: RunAs): Promise<WorkFolder> {
  const folder = workFolder(join(work, randomUUID()));
  try {
    for (const path of [folder.path, folder.home, folder.temporary]) await mkdir(path, { mode: 0o700 });
    if (user === undefined) return folder;
    for (const path of [folder.home, folder.temporary]) await chown(path, user.uid, user.gid);
    await chmod(folder.path, 0o711);
    return folder;
  } catch (thrown) {
    await rm(folder.path, { recursive: true, force: true });
    throw thrown;
  }
}

/**
 * Removes what a child that has ended left, beside its destinations too. Answers what could not be removed. `program`: the
 * child's.
 */
export async function tidy(folder: WorkFolder, program: string): Promise<Issue[]> {
  const user = await otherOwner(folder);
  const issues = user
    ? await sweepAs(user, folder, program)
    : await sweepLeftovers(folder.temporary, { allEnded: true });
  // what could not be swept is known from this folder only
  if (issues.length > 0) return issues;
  if (user) for (const path of [folder.home, folder.temporary]) await rmdir(path);
  await rm(folder.path, { recursive: true, force: true });
  return [];
}

/** Whose the folder is, where that is not the relay's own user. */
async function otherOwner({ temporary }: WorkFolder): Promise<RunAs | undefined> {
  try {
    const { uid, gid } = await lstat(temporary);
    return process.getuid === undefined || uid === process.getuid() ? undefined : { uid, gid };
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

const mostOutput = 1024 * 1024;
/** Milliseconds. */
const longest = 30 * 60_000;

async function sweepAs(user: RunAs, { home, temporary }: WorkFolder, program: string): Promise<Issue[]> {
  const { execPath, before, ...identity } = launchAs(user);
  const words = [...before, join(dirname(program), 'sweep.cjs'), temporary, home];
  const options = {
    ...identity,
    env: {},
    cwd: '/',
    maxBuffer: mostOutput,
    timeout: longest,
    killSignal: 'SIGKILL',
  } as const;
  const { stdout } = await promisify(execFile)(execPath, words, options).catch((thrown: unknown) => {
    throw failure('file.failed', 'Tidying up after a run failed.', { cause: thrown });
  });
  return z.array(issueSchema).parse(JSON.parse(stdout)).map(boundIssue);
}

/** Ends the children of a relay that has died and tidies up after them. Nothing is to be done where there is no folder. */
export async function tidyAll(work: string, program: string): Promise<Issue[]> {
  const names = await readdir(work).catch((thrown: unknown) => {
    if (isMissing(thrown)) return [];
    throw thrown;
  });
  const issues = await Promise.all(
    names.map(async (name) => {
      const folder = workFolder(join(work, name));
      try {
        await endRecordedChild(folder.path);
        return await tidy(folder, program);
      } catch (thrown) {
        return [{ ...explainDisk(thrown, 'Tidying up after a run').issue, severity: 'warning' } as const];
      }
    }),
  );
  return issues.flat();
}

function workFolder(path: string): WorkFolder {
  return { path, home: join(path, 'home'), temporary: join(path, 'temporary') };
}
