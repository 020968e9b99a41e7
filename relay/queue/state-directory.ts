// Where everything durable lies. Nobody but its owner may look into it.
import { chmod, mkdir, open, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inUse } from './registry/duckdb.ts';

/** The system's lock keeps other processes out, not this one. */
const inThisProcess = new Set<string>();

export class StateDirectory {
  readonly path: string;
  readonly registry: string;
  /** A folder for each process that runs or is about to. */
  readonly work: string;
  readonly requests: string;
  readonly journals: string;

  /** Makes what is missing. Fails with command.usage where another queue of this process has it. */
  static async open(given: string): Promise<StateDirectory> {
    await mkdir(given, { recursive: true, mode: 0o700 });
    const path = await realpath(given);
    if (inThisProcess.has(path)) throw inUse();
    inThisProcess.add(path);
    const directory = new StateDirectory(path);
    await chmod(path, 0o700);
    for (const folder of [directory.work, directory.requests, directory.journals]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    return directory;
  }

  private constructor(path: string) {
    this.path = path;
    this.registry = join(path, 'runs.duckdb');
    this.work = join(path, 'work');
    this.requests = join(path, 'requests');
    this.journals = join(path, 'journals');
  }

  request(id: string): string {
    return join(this.requests, `${id}.json`);
  }

  journal(id: string): string {
    return join(this.journals, `${id}.events`);
  }

  /** Removes the requests and journals of runs that nobody knows: their acceptance or their removal was cut short. */
  async removeStrangers(isKnown: (id: string) => Promise<boolean>): Promise<void> {
    for (const folder of [this.requests, this.journals]) {
      for (const name of await readdir(folder)) {
        if (!(await isKnown(name.replace(/\.\w+$/, '')))) await rm(join(folder, name), { force: true });
      }
    }
  }

  close(): void {
    inThisProcess.delete(this.path);
  }
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
