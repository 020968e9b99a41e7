// The most memory that processes have had, by what Linux keeps of each (`VmHWM` in proc(5)); looked at while they live.
import { readdir, readFile } from 'node:fs/promises';

/** Seldom enough to be no work beside what is measured. */
const everyMs = 50;

export interface PeakMemory {
  /** Most bytes that any one of them had; undefined where the system does not tell. */
  stop(): number | undefined;
}

export function watchPeak(pids: readonly number[]): PeakMemory {
  let peak: number | undefined;
  const look = async (): Promise<void> => {
    const found = await Promise.all(pids.map(peakBytes));
    for (const bytes of found) if (bytes !== undefined) peak = Math.max(peak ?? 0, bytes);
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

/** Undefined for one that has ended, and elsewhere than on Linux. */
export async function peakBytes(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The processes that a process has started and that live. */
export async function childrenOf(parent: number): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => ({ pid: Number(name), parent: await parentOf(name) })),
  );
  return found.filter((each) => each.parent === parent).map(({ pid }) => pid);
}

async function parentOf(pid: string): Promise<number | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1]);
}
