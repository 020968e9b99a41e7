// The relay's platform: native DuckDB and the files below one folder.
import { realpath } from 'node:fs/promises';
import { failure } from '../../shared/errors.ts';
import type { Platform } from '../../shared/platform.ts';
import { Egress, type EgressOptions } from './egress.ts';
import { NativeEngine } from './engine.ts';
import { DiskFiles } from './files.ts';

export interface RelayPlatformOptions extends EgressOptions {
  /** The data folder: relative locations start here, and nothing outside it is read or written. */
  readonly root: string;
  /** DuckDB's `memory_limit`, such as `2GB`. */
  readonly memoryLimit?: string;
  /** DuckDB's `threads`. */
  readonly threads?: number;
}

/** Opens a platform of its own: file.not_found when there is no such folder, engine.failed when DuckDB does not start. */
export async function openRelayPlatform({
  root,
  allowHosts,
  stallTimeout,
  ...options
}: RelayPlatformOptions): Promise<Platform> {
  const folder = await realpath(root).catch((thrown: unknown) => {
    throw failure('file.not_found', `There is no data folder ${root}.`, { cause: thrown });
  });
  const engine = await NativeEngine.open({ root: folder, ...options });
  const files = new DiskFiles(folder, engine.links, new Egress({ allowHosts, stallTimeout }));
  return { kind: 'relay', engine, files, close: () => engine.close() };
}
