// What a process has in memory, and what it may have.
import { readFile } from 'node:fs/promises';
import { errno, isMissing } from '../../platform/disk-errors.ts';
import { bytesOfSize } from '../../platform/sizes.ts';

/** For Node itself and our own code, beside DuckDB. */
const base = 512 * 2 ** 20;

/** Bytes that the process of a run may have: twice DuckDB's limit and 512 MiB. Undefined where the limit has no bytes. */
export function mostResident(memoryLimit: string | undefined): number | undefined {
  const bytes = bytesOfSize(memoryLimit);
  return bytes === undefined ? undefined : 2 * bytes + base;
}

/** Bytes that a process has in memory of its own (proc(5), `statm`); undefined where the system does not tell. */
export async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    const [, resident, shared] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ').map(Number);
    return resident === undefined || shared === undefined ? undefined : (resident - shared) * pageSize;
  } catch (thrown) {
    if (isMissing(thrown) || errno(thrown) === 'ESRCH') return undefined;
    throw thrown;
  }
}

/** Of x86-64, and of most others; where pages are larger, less is seen than there is. */
const pageSize = 4096;
