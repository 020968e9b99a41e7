// Where everything durable lies. Nobody but its owner may look into it.
import {
  access,
  chmod,
  constants,
  copyFile,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  utimes,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { failure, SluiceError, type Issue, type IssueCode } from '../../shared/errors.ts';
import { errno, explainDisk, isMissing } from '../platform/disk-errors.ts';
import { inUse } from './registry/unopened.ts';

/** The system's lock keeps other processes out, not this one. */
const inThisProcess = new Set<string>();

/** Folders of a state directory that hold what concerns no run of another. */
export const stateFolders = ['work', 'requests', 'journals', 'lost'] as const;

export class StateDirectory {
  readonly path: string;
  readonly registry: string;
  /** A folder for each process that runs or is about to; beside this directory where they are of another user. */
  readonly work: string;
  readonly #works: readonly [own: string, beside: string];
  readonly requests: string;
  readonly journals: string;
  /** What belongs to no run that is known; made when there is such. */
  readonly lost: string;

  /**
   * Makes what is missing. Fails with command.usage where a run could reach it, where another queue of this process has
   * it, where something else is in the place of a folder, and where the record of the runs is gone but not what it is of;
   * nothing is made then. `isReachable` says whether a run can reach a path; `forOthers`, whether runs are of another user.
   */
  static async open(
    given: string,
    isReachable: (path: string) => boolean = () => false,
    forOthers = false,
  ): Promise<StateDirectory> {
    if (isReachable(await futurePath(resolve(given)))) throw reachable(given);
    await makeFolder(given);
    const path = await realpath(given);
    if (isReachable(path) || (forOthers && isReachable(workBeside(path)))) throw reachable(given);
    if (inThisProcess.has(path)) throw inUse();
    inThisProcess.add(path);
    const directory = new StateDirectory(path, forOthers);
    try {
      await chmod(path, 0o700);
      await directory.#requireRegistry();
      for (const folder of [directory.work, directory.requests, directory.journals]) await makeFolder(folder);
      if (forOthers) await chmod(directory.work, 0o711);
      // where it is no folder that the relay's user may write, this says so
      for (const folder of [path, directory.work, directory.requests, directory.journals]) {
        await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
      }
      return directory;
    } catch (thrown) {
      directory.close();
      throw unusable(thrown, path);
    }
  }

  private constructor(path: string, forOthers: boolean) {
    this.path = path;
    this.registry = join(path, 'runs.duckdb');
    this.#works = [join(path, 'work'), workBeside(path)];
    this.work = this.#works[forOthers ? 1 : 0];
    this.requests = join(path, 'requests');
    this.journals = join(path, 'journals');
    this.lost = join(path, 'lost');
  }

  /** `work`, and where it is for the other choice of user. */
  get works(): readonly string[] {
    return this.#works;
  }

  request(id: string): string {
    return join(this.requests, `${id}.json`);
  }

  journal(id: string): string {
    return join(this.journals, `${id}.events`);
  }

  /** Without its registry, what waits and what has ended would be nobody's. */
  async #requireRegistry(): Promise<void> {
    const found = await lstat(this.registry).catch(unlessMissing);
    if (found?.isDirectory()) throw misplaced(this.registry, 'file');
    if (found) return;
    for (const folder of [this.requests, this.journals]) {
      const names = await readdir(folder).catch(unlessMissing);
      if (names === undefined || names.length === 0) continue;
      const message = `The record of the runs, ${this.registry}, is gone, but ${folder} has files of ${names.length} runs.`;
      throw failure('command.usage', message, {
        hint: 'Put the record back; or, to begin anew, move requests and journals elsewhere.',
      });
    }
  }

  /**
   * Moves the requests and journals of runs that nobody knows into `lost`: their acceptance or their removal was cut short,
   * or a part of the record is gone. Answers what was moved and what could not be.
   */
  async putStrangersAside(isKnown: (id: string) => Promise<boolean>): Promise<Issue[]> {
    const issues: Issue[] = [];
    let moved = 0;
    for (const folder of [this.requests, this.journals]) {
      for (const name of await readdir(folder)) {
        try {
          if (await isKnown(name.replace(/\.\w+$/, ''))) continue;
          await makeFolder(this.lost);
          await rename(join(folder, name), join(this.lost, name));
          // how long it is kept counts from now
          await utimes(join(this.lost, name), new Date(), new Date());
          moved++;
        } catch (thrown) {
          issues.push({ ...explainDisk(thrown, `Putting ${name} aside`).issue, severity: 'warning' });
        }
      }
    }
    if (moved > 0) {
      const message = `${moved} files of runs that the record does not know were moved to ${this.lost}.`;
      issues.push({ ...failure('file.skipped', message).issue, severity: 'warning' });
    }
    return issues;
  }

  /** Copies the journal of a run into `lost`, and answers where it is. */
  async keepJournal(id: string): Promise<string> {
    await makeFolder(this.lost);
    const path = join(this.lost, basename(this.journal(id)));
    await copyFile(this.journal(id), path);
    return path;
  }

  close(): void {
    inThisProcess.delete(this.path);
  }
}

/** Processes of another user reach nothing in the state directory, not even through it. */
export function workBeside(path: string): string {
  return `${path}-work`;
}

/** Where a path leads, whose last names need not exist. */
async function futurePath(path: string): Promise<string> {
  const found = await realpath(path).catch(unlessMissing);
  if (found !== undefined || dirname(path) === path) return found ?? path;
  return join(await futurePath(dirname(path)), basename(path));
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (thrown) {
    if (['EEXIST', 'ENOTDIR'].includes(errno(thrown) ?? '')) throw misplaced(path, 'folder');
    throw unusable(thrown, path);
  }
}

function unlessMissing(thrown: unknown): undefined {
  if (!isMissing(thrown)) throw thrown;
}

/** What the disk says of the state directory. */
function unusable(thrown: unknown, path: string): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  const { code, message, cause } = explainDisk(thrown, `Opening the state directory ${path}`).issue;
  const hints: Partial<Record<IssueCode, string>> = {
    'storage.full': 'Free some room and start again.',
    'file.forbidden': "Give the relay's user the right to write there, or choose another folder with --state-dir.",
  };
  return failure(code, message, { cause, hint: hints[code] ?? 'Choose another folder with --state-dir.' });
}

function misplaced(path: string, wanted: 'file' | 'folder'): SluiceError {
  const message = `${path} is no ${wanted}, so that the relay cannot keep its runs there.`;
  return failure('command.usage', message, { hint: 'Move it elsewhere, or choose another folder with --state-dir.' });
}

function reachable(directory: string): SluiceError {
  const message = `The state directory ${directory} lies in a data folder, where every run could read and change it.`;
  return failure('command.usage', message, { hint: 'Share a folder with --data-dir that has only data in it.' });
}

/** Makes the names in a folder last. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
