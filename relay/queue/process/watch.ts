// Looks after a process: whether it gives signs of life, and what it takes of memory and disk.
import { asSluiceError, failure, type SluiceError } from '../../../shared/errors.ts';
import { bytesIn } from '../../platform/folder-size.ts';
import { mostResident, residentBytes } from './memory.ts';

export interface WatchOptions {
  readonly pid: number | undefined;
  readonly silenceMs: number;
  readonly memoryLimit?: string | undefined;
  /** The folder for what the run holds on the disk for the time being, and the bytes that it may hold there. */
  readonly temporary?: { readonly folder: string; readonly most: number } | undefined;
  readonly onTrouble: (error: SluiceError) => void;
  /** What could not be looked at, once: a limit may not hold meanwhile. */
  readonly onBlind?: ((error: SluiceError) => void) | undefined;
}

const lookMs = 250;
/** Looks without a sign of life. Counted, so that a relay that was stopped itself does not blame its runs. */
const silentLooks = 4;

/** Answers what is to be called at each sign of life, and what ends the watch. */
export function watch(options: WatchOptions): { alive(): void; stop(): void } {
  const { silenceMs, onTrouble, onBlind } = options;
  let silent = 0;
  let [looking, blind, stopped] = [false, false, false];
  const silence = setInterval(() => {
    if (++silent <= silentLooks) return;
    onTrouble(
      failure('engine.died', `The process of the run gave no sign of life for ${silenceMs / 1000} s, so it was ended.`),
    );
  }, silenceMs / silentLooks);
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      const trouble = (await lookAtMemory(options)) ?? (await lookAtDisk(options));
      if (trouble && !stopped) onTrouble(trouble);
    } catch (thrown) {
      if (!blind) onBlind?.(asSluiceError(thrown));
      blind = true;
    } finally {
      looking = false;
    }
  };
  const looks = setInterval(() => void look(), lookMs);
  return {
    alive: () => {
      silent = 0;
    },
    stop: () => {
      stopped = true;
      clearInterval(silence);
      clearInterval(looks);
    },
  };
}

async function lookAtMemory({ pid, memoryLimit }: WatchOptions): Promise<SluiceError | undefined> {
  const most = mostResident(memoryLimit);
  const bytes = pid === undefined || most === undefined ? undefined : await residentBytes(pid);
  if (bytes === undefined || most === undefined || bytes <= most) return undefined;
  const text = `The run took more memory than it may: ${Math.round(bytes / 2 ** 20)} MiB.`;
  return failure('run.limit', text, { hint: 'Read fewer columns or rows at once.' });
}

async function lookAtDisk({ temporary }: WatchOptions): Promise<SluiceError | undefined> {
  if (!temporary) return undefined;
  const bytes = await bytesIn(temporary.folder);
  if (bytes <= temporary.most) return undefined;
  const text = `The run holds more on the disk for the time being than it may: ${Math.round(bytes / 2 ** 20)} MiB.`;
  return failure('run.limit', text, { hint: 'Read or sort less at once.' });
}
