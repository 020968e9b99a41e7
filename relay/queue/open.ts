// Opens the queue of a relay: what the last start left is settled first.
import { Scope } from '../../shared/scope.ts';
import { join, resolve, sep } from 'node:path';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { DataFolders } from '../platform/data-folders.ts';
import { DuckDBRegistry } from './registry/duckdb.ts';
import type { QueueOptions } from './options.ts';
import { requireAccess } from './process/access.ts';
import type { Recovery, RunQueue } from './queue.ts';
import { recover } from './recovery.ts';
import { LocalQueue } from './local-queue.ts';
import { StateDirectory, stateFolders, workBeside } from './state-directory.ts';

export type { QueueOptions } from './options.ts';

/**
 * Fails with command.usage where another relay uses the state directory, a run could reach it or something in it
 * is not what it should be, file.not_found where a data folder does not exist, file.corrupt where what it remembers cannot
 * be read, file.forbidden and storage.full where the state directory cannot be written.
 */
export async function openQueue(options: QueueOptions): Promise<{ queue: RunQueue; recovery: Recovery }> {
  const scope = new Scope();
  try {
    const folders = await DataFolders.open({ directories: options.platform.directories });
    const own = resolve(options.stateDirectory);
    const ownFolders = [...stateFolders.map((name) => join(own, name)), workBeside(own)];
    const inside = folders.roots.find((root) => ownFolders.some((folder) => isInside(root, folder)));
    if (inside !== undefined) throw withinState(inside);
    const directory = await StateDirectory.open(
      options.stateDirectory,
      (path) => folders.holds(path),
      options.runAs !== undefined,
    );
    scope.use(directory);
    if (options.runAs) await requireAccess(options.runAs, options, directory.work);
    const registry = scope.use(await DuckDBRegistry.open(directory.registry));
    const { waiting, recovery } = await recover(directory, registry, Date.now(), options.program);
    const queue = new LocalQueue(options, directory, registry, waiting);
    scope.move();
    return { queue, recovery };
  } catch (thrown) {
    await scope.close().catch(() => undefined); // why it cannot be opened is what to tell
    throw thrown;
  }
}

function isInside(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(`${folder}${sep}`);
}

function withinState(folder: string): SluiceError {
  const message = `The data folder ${folder} lies in the state directory, where it would show every run those of others.`;
  return failure('command.usage', message, { hint: 'Share a folder with --data-dir that has only data in it.' });
}
