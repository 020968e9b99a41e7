// Opens native DuckDB and the disk for a run in this process. The one place where the command and the library do so.
import process from 'node:process';
import type { Platform } from '../../shared/platform.ts';
import { openRelayPlatform } from '../platform/index.ts';
import type { PlaceOptions } from './api.ts';

/** Every address: a user's own command may go wherever the user may. */
const everyHost = ['0.0.0.0/0', '::/0'];

/** Fails with file.not_found for a folder that is not there, with engine.failed when DuckDB does not start. */
export function openPlatform({ directories, base, allowHosts, memoryLimit, threads }: PlaceOptions): Promise<Platform> {
  const isOwn = directories === 'everything';
  return openRelayPlatform({
    ...{ directories, memoryLimit, threads },
    ...(base === undefined && !isOwn ? {} : { base: base ?? process.cwd() }),
    allowHosts: isOwn ? everyHost : (allowHosts ?? []),
  });
}
