// Who a child is, so that a later relay can end it and nobody else: its number, which the system gives again, and the
// moment of its start (proc(5), field 22 of `stat`).
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asSluiceError } from '../../../shared/errors.ts';
import { z } from '../../../shared/zod.ts';
import { errno, isMissing } from '../../platform/disk-errors.ts';
import { hasEnded, ownerOf, privateFolderPrefix } from '../../platform/process-identity.ts';

const identitySchema = z.object({ pid: z.int().min(2), started: z.int(), system: z.string() });

type Identity = z.infer<typeof identitySchema>;

const fileName = 'process';

/** Records a child in its work folder. */
export async function recordChild(folder: string, pid: number): Promise<void> {
  const us = ownerOf(`${await privateFolderPrefix()}aaaaaa`);
  const identity: Identity = { pid, started: (await startOf(pid)) ?? 0, system: us?.system ?? '' };
  await writeFile(join(folder, fileName), JSON.stringify(identity), { mode: 0o600, flag: 'wx' });
}

/** Ends the child that is recorded in a work folder, if it still lives. Resolves when it is gone. */
export async function endRecordedChild(folder: string, patienceMs = 10_000): Promise<void> {
  const identity = await readIdentity(folder);
  if (!identity || identity.pid === process.pid) return;
  const until = Date.now() + patienceMs;
  while (!(await hasEnded(identity)) && !(await isZombie(identity.pid))) {
    // Where starts are not known, the number may be somebody else's by now: the child ends itself.
    if (identity.started !== 0 && (await startOf(identity.pid)) === identity.started) kill(identity.pid);
    if (Date.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A child that was never recorded has nobody's number in its folder; it ends itself. */
async function readIdentity(folder: string): Promise<Identity | undefined> {
  try {
    const text = await readFile(join(folder, fileName), 'utf8');
    return identitySchema.safeParse(text === '' ? undefined : JSON.parse(text)).data;
  } catch (thrown) {
    if (isMissing(thrown) || thrown instanceof SyntaxError) return undefined;
    throw asSluiceError(thrown);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (thrown) {
    if (errno(thrown) !== 'ESRCH') throw thrown;
  }
}

async function startOf(pid: number): Promise<number | undefined> {
  const started = Number((await statOf(pid))?.[19]);
  return Number.isSafeInteger(started) ? started : undefined;
}

/** One that has ended and that nobody has taken notice of yet. */
async function isZombie(pid: number): Promise<boolean> {
  return (await statOf(pid))?.[0] === 'Z';
}

/** The fields after the program's name, which stands in parentheses with anything in it. */
async function statOf(pid: number): Promise<string[] | undefined> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch (thrown) {
    if (isMissing(thrown) || errno(thrown) === 'ESRCH') return undefined;
    throw thrown;
  }
}
