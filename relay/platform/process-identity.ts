// Who a process is: its number, which the system gives again, with the moment of its start (proc(5), field 22 of `stat`)
// and the system that counts both. Where there is no /proc, the number must do.
import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errno, isMissing } from './disk-errors.ts';

const prefix = 'sluice-run-';
const pattern = /^sluice-run-(\d+)-(\d+)-([0-9a-f]{16})-[A-Za-z0-9]{6}$/;

/** The owner of a private folder, as its name says. */
export interface Owner {
  readonly pid: number;
  /** Clock ticks after the system's start; 0 where that is not known. */
  readonly started: number;
  /** A digest of the host, its current run, and the namespace of its process numbers. */
  readonly system: string;
}

/** What the names of this process's private folders begin with; six random characters follow. */
export async function privateFolderPrefix(): Promise<string> {
  const [own, system] = await Promise.all([lookAt(process.pid), systemDigest()]);
  return `${prefix}${process.pid}-${own?.started ?? 0}-${system}-`;
}

/** Undefined for names that are not those of private folders. */
export function ownerOf(name: string): Owner | undefined {
  const [, pid, started, system] = pattern.exec(name) ?? [];
  return pid && started && system ? { pid: Number(pid), started: Number(started), system } : undefined;
}

/** Whether that process has certainly ended. One of another system, or of another container, may live. */
export async function hasEnded({ pid, started, system }: Owner): Promise<boolean> {
  if (system !== (await systemDigest())) return false;
  try {
    process.kill(pid, 0); // sends nothing
  } catch (thrown) {
    if (errno(thrown) === 'ESRCH') return true;
  }
  const now = await lookAt(pid);
  if (!now || started === 0) return false;
  return now.started !== started || /[ZX]/.test(now.state); // dead, and its parent has not asked how
}

async function lookAt(pid: number): Promise<{ readonly state: string; readonly started: number } | undefined> {
  const line = await unlessMissing(readFile(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the program's name in parentheses, with anything in it.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ');
  const started = Number(fields?.[19]);
  return Number.isSafeInteger(started) ? { state: fields?.[0] ?? '', started } : undefined;
}

async function systemDigest(): Promise<string> {
  const [boot = '', namespace = ''] = await Promise.all([
    unlessMissing(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    unlessMissing(readlink('/proc/self/ns/pid')),
  ]);
  return createHash('sha256').update(`${hostname()}\n${boot}\n${namespace}`).digest('hex').slice(0, 16);
}

/** Other systems have no /proc, and a process may end while it is looked at. */
async function unlessMissing(reading: Promise<string>): Promise<string | undefined> {
  try {
    return await reading;
  } catch (thrown) {
    if (isMissing(thrown) || errno(thrown) === 'ESRCH') return undefined;
    throw thrown;
  }
}
