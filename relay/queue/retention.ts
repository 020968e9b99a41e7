// Forgets old runs: after each end, and from time to time.
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asSluiceError } from '../../shared/errors.ts';
import { isMissing } from '../platform/disk-errors.ts';
import { defaultMaxStateBytes, type QueueOptions } from './options.ts';
import type { Registry } from './registry/registry.ts';
import type { StateDirectory } from './state-directory.ts';

const everyMs = 10 * 60_000;

export class Retention {
  readonly #options: QueueOptions;
  readonly #directory: StateDirectory;
  readonly #registry: Registry;
  readonly #timer: NodeJS.Timeout;
  #working: Promise<void> | undefined;
  #again = false;

  constructor(options: QueueOptions, directory: StateDirectory, registry: Registry) {
    this.#options = options;
    this.#directory = directory;
    this.#registry = registry;
    this.#timer = setInterval(() => this.keep(), everyMs).unref();
    this.keep();
  }

  /** Returns at once; what it does is done once for several calls. */
  keep(): void {
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#working = this.#expire()
      .catch((thrown: unknown) => {
        this.#options.log.error({ issue: asSluiceError(thrown).issue }, 'old runs cannot be forgotten');
      })
      .finally(() => {
        this.#working = undefined;
        if (this.#again) this.keep();
      });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#again = false;
    await this.#working;
  }

  async #expire(): Promise<void> {
    const { maxAgeMs, maxRuns } = this.#options.retention;
    const before = Date.now() - maxAgeMs;
    // who reads a journal that is removed reads it to its end
    for (const id of await this.#registry.expire(before, maxRuns)) await this.#removeJournal(id);
    await this.#expireLost(before);
    await this.#shrink();
  }

  async #expireLost(before: number): Promise<void> {
    for (const { path, changed } of await filesIn(this.#directory.lost)) {
      if (changed < before) await rm(path, { recursive: true, force: true });
    }
  }

  /** Forgets the runs that ended longest ago until the rest is within its limit; what nobody knows goes before them. */
  async #shrink(): Promise<void> {
    const { maxStateBytes = defaultMaxStateBytes, log } = this.#options;
    const { lost, journals } = this.#directory;
    const [strangers, known] = [await filesIn(lost), await filesIn(journals)];
    let bytes = [...strangers, ...known].reduce((sum, { size }) => sum + size, 0);
    if (bytes <= maxStateBytes) return;
    let [files, runs] = [0, 0];
    for (const { path, size } of strangers.sort((one, other) => one.changed - other.changed)) {
      if (bytes <= maxStateBytes) break;
      await rm(path, { recursive: true, force: true });
      [bytes, files] = [bytes - size, files + 1];
    }
    const sizes = new Map(known.map(({ path, size }) => [path, size]));
    for (const id of await this.#registry.oldest(sizes.size)) {
      if (bytes <= maxStateBytes) break;
      await this.#registry.forget(id);
      await this.#removeJournal(id);
      [bytes, runs] = [bytes - (sizes.get(this.#directory.journal(id)) ?? 0), runs + 1];
    }
    log.warn(
      { runs, files, bytes, maxStateBytes },
      'the oldest runs were forgotten, because the state has too many bytes',
    );
  }

  async #removeJournal(id: string): Promise<void> {
    await rm(this.#directory.journal(id), { force: true });
  }
}

interface FoundFile {
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** What lies in a folder, without what goes away meanwhile; nothing where there is no such folder. */
async function filesIn(folder: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  try {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const stats = await lstat(path).catch(unlessMissing);
      if (stats) found.push({ path, size: stats.size, changed: stats.mtimeMs });
    }
  } catch (thrown) {
    unlessMissing(thrown);
  }
  return found;
}

function unlessMissing(thrown: unknown): undefined {
  if (!isMissing(thrown)) throw thrown;
}
