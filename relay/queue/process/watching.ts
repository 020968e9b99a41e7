// How the process of a run or of a plan is looked after, by the options of its queue.
import { bytesOfSize } from '../../platform/sizes.ts';
import { defaultSilenceMs, type QueueOptions } from '../options.ts';
import type { ChildProcess } from './child-process.ts';
import type { WatchOptions } from './watch.ts';

export function watching(
  child: ChildProcess,
  options: QueueOptions,
  about: object = {},
): Omit<WatchOptions, 'onTrouble'> {
  const { memoryLimit, silenceMs = defaultSilenceMs, platform, log } = options;
  const most = bytesOfSize(platform.maxTemporarySize);
  return {
    ...{ pid: child.pid, memoryLimit, silenceMs },
    temporary: most === undefined ? undefined : { folder: child.folder.temporary, most },
    onBlind: ({ issue }) =>
      log.warn({ ...about, issue }, 'what a process takes cannot be seen, so that its limits may not hold'),
  };
}
