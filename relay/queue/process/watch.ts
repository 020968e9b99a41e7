// Looks after a process: whether it gives signs of life, and what it has in memory.
import { failure, type SluiceError } from '../../../shared/errors.ts';
import { mostResident, residentBytes } from './memory.ts';

export interface WatchOptions {
  readonly pid: number | undefined;
  readonly silenceMs: number;
  readonly memoryLimit?: string | undefined;
  readonly onTrouble: (error: SluiceError) => void;
}

const looksAtMemoryMs = 250;
/** Looks without a sign of life. Counted, so that a relay that was stopped itself does not blame its runs. */
const silentLooks = 4;

/** Answers what is to be called at each sign of life, and what ends the watch. */
export function watch({ pid, silenceMs, memoryLimit, onTrouble }: WatchOptions): { alive(): void; stop(): void } {
  let silent = 0;
  const silence = setInterval(() => {
    if (++silent <= silentLooks) return;
    onTrouble(
      failure('engine.died', `The process of the run gave no sign of life for ${silenceMs / 1000} s, so it was ended.`),
    );
  }, silenceMs / silentLooks);
  const most = mostResident(memoryLimit);
  const look = async (): Promise<void> => {
    const bytes = pid === undefined || most === undefined ? undefined : await residentBytes(pid);
    if (bytes === undefined || most === undefined || bytes <= most) return;
    const text = `The run took more memory than it may: ${Math.round(bytes / 2 ** 20)} MiB.`;
    onTrouble(failure('run.limit', text, { hint: 'Read fewer columns or rows at once.' }));
  };
  const memory = setInterval(() => void look(), looksAtMemoryMs);
  return {
    alive: () => {
      silent = 0;
    },
    stop: () => {
      clearInterval(silence);
      clearInterval(memory);
    },
  };
}
