// The relay's platform: native DuckDB, the files in some folders, and what http(s) addresses give.
import { dirname } from 'node:path';
import { failure, type SluiceError } from '../../shared/errors.ts';
import type { Platform } from '../../shared/platform.ts';
import { DataFolders, type Sharing } from './data-folders.ts';
import { Egress, type EgressOptions } from './egress.ts';
import { NativeEngine } from './engine.ts';
import { DiskFiles } from './files.ts';
import { PrivateFolder } from './private-folder.ts';
import { bytesOfSize } from './sizes.ts';
import { TemporarySpace } from './temporary-space.ts';

export { sweepLeftovers, type SweepOptions } from './leftovers.ts';

export interface RelayPlatformOptions extends EgressOptions, Sharing {
  /** The folder in which the platform makes a private one, for downloads and what DuckDB spills; the system's when absent. */
  readonly temporary?: string | undefined;
  /** DuckDB's `memory_limit`, such as `2GB`. */
  readonly memoryLimit?: string | undefined;
  /** DuckDB's `threads`. */
  readonly threads?: number | undefined;
  /** What downloads and what DuckDB spills may have on the disk together, such as `10GB`; no limit of ours when absent. */
  readonly maxTemporarySize?: string | undefined;
}

/**
 * Opens a platform of its own. Fails with file.not_found where a folder does not exist, command.usage for a host pattern
 * that is none and for a private folder that would lie in a data folder, storage.full and file.forbidden where there can be no private folder, engine.failed when DuckDB does not
 * start.
 */
export async function openRelayPlatform(options: RelayPlatformOptions): Promise<Platform> {
  const egress = new Egress(options);
  const folders = await DataFolders.open(options);
  const own = await PrivateFolder.open(options.temporary);
  try {
    // What other runs have in their private folders would be shared with this one.
    if (options.directories !== 'everything' && folders.holds(own.path)) throw exposed(dirname(own.path));
    const engine = await NativeEngine.open({ ...options, directories: folders.roots, own });
    const space = new TemporarySpace(bytesOfSize(options.maxTemporarySize), (bytes) => engine.limitSpill(bytes));
    const close = async (): Promise<void> => {
      await engine.close();
      await own.remove();
    };
    return { kind: 'relay', engine, files: new DiskFiles(folders, own, egress, space), close };
  } catch (thrown) {
    await own.remove();
    throw thrown;
  }
}

function exposed(temporary: string): SluiceError {
  return failure('command.usage', `The folder for temporary files, ${temporary}, lies in a data folder.`, {
    hint: 'Share a folder that has only data in it, or put temporary files elsewhere.',
  });
}
