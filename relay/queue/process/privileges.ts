// What the process of a run gives up. Node can start a process as another user; the rest needs programs of util-linux
// (setpriv(1), prlimit(1)), where the system has them. Kernel filters of system calls and files would need native code.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** A user and a group, by number. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** How Node starts a program (`fork`, `spawn`): a program before it, what that takes, and as whom. */
export interface Launch {
  readonly execPath: string;
  /** Ends with Node itself where another program comes before it. */
  readonly before: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** What can be given up on this system. */
export interface Abilities {
  /** No core dumps, which would hold data and secrets. */
  readonly prlimit: string | undefined;
  /** No program can give new privileges, and for another user no capabilities at all. */
  readonly setpriv: string | undefined;
}

const noCore = ['--core=0:0'];
const noNew = ['--no-new-privs'];
const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

let known: Abilities | undefined;

/** Tries once what the system has. */
export function abilities(): Abilities {
  return (known ??= { prlimit: working('prlimit', noCore), setpriv: working('setpriv', noNew) });
}

function working(name: string, words: readonly string[]): string | undefined {
  const path = process.platform === 'linux' ? folders.map((folder) => join(folder, name)).find(existsSync) : undefined;
  if (path === undefined) return undefined;
  const { status } = spawnSync(path, [...words, process.execPath, '--version'], { stdio: 'ignore', env: {} });
  return status === 0 ? path : undefined;
}

/** How a process that serves runs is started. Environment and Node's own words are the caller's. */
export function launchAs(user: RunAs | undefined, { prlimit, setpriv }: Abilities = abilities()): Launch {
  const identity = user === undefined ? [] : userWords(user);
  const words = [
    ...(prlimit === undefined ? [] : [prlimit, ...noCore]),
    ...(setpriv === undefined ? [] : [setpriv, ...noNew, ...identity]),
    process.execPath,
  ];
  const [execPath = process.execPath, ...before] = words;
  return { execPath, before, ...(user !== undefined && setpriv === undefined ? user : {}) };
}

function userWords({ uid, gid }: RunAs): string[] {
  const sets = ['bounding-set', 'inh-caps', 'ambient-caps'].map((set) => `--${set}=-all`);
  return ['--reuid', String(uid), '--regid', String(gid), '--clear-groups', ...sets];
}
