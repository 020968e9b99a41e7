// Opens the queue of a relay: what the last start left is settled first.
import { failure, type SluiceError } from '../../shared/errors.ts';
import { DataFolders } from '../platform/data-folders.ts';
import { DuckDBRegistry } from './registry/duckdb.ts';
import type { QueueOptions } from './options.ts';
import type { Recovery, RunQueue } from './queue.ts';
import { recover } from './recovery.ts';
import { LocalQueue } from './local-queue.ts';
import { StateDirectory } from './state-directory.ts';

export type { QueueOptions } from './options.ts';

/**
 * Fails with command.usage where another relay uses the state directory or a run could reach it, file.not_found where a
 * data folder does not exist, engine.failed where what it remembers cannot be read.
 */
export async function openQueue(options: QueueOptions): Promise<{ queue: RunQueue; recovery: Recovery }> {
  const directory = await StateDirectory.open(options.stateDirectory);
  try {
    const folders = await DataFolders.open({ directories: options.platform.directories });
    if (folders.holds(directory.path)) throw reachable(options.stateDirectory);
    const registry = await DuckDBRegistry.open(directory.registry);
    try {
      const { waiting, recovery } = await recover(directory, registry, Date.now());
      return { queue: new LocalQueue(options, directory, registry, waiting), recovery };
    } catch (thrown) {
      await registry.close();
      throw thrown;
    }
  } catch (thrown) {
    directory.close();
    throw thrown;
  }
}

function reachable(directory: string): SluiceError {
  const message = `The state directory ${directory} lies in a data folder, where every run could read and change it.`;
  return failure('command.usage', message, { hint: 'Share a folder with --data-dir that has only data in it.' });
}
