// What only the full fault tests do: disks that are full, and the figures. A disk of a few megabytes is mounted, where
// this machine lets us; else that is said.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../shared/errors.ts';
import { Bench, ended, endless, eventsOf, quick, seen, submission, tester, until, writing } from './bench.ts';

/** False where this machine does not let us. */
async function withDisk(folder: string, size: string, task: () => Promise<void>): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (thrown) {
    console.log(`No disk can be mounted here, so that a full one is not tested: ${messageOf(thrown)}`);
    return false;
  }
  try {
    await task();
  } finally {
    execFileSync('umount', ['-l', folder]);
  }
  return true;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

describe('the full fault tests', () => {
  it('a destination on a full disk: storage.full, and nothing is left', () =>
    Bench.use(async (bench) => {
      await withDisk(bench.data, '2m', async () => {
        const { queue } = await bench.open();
        const { id } = await queue.submit(submission(writing('out.csv', 1e7)), tester);
        expect(await ended(queue, id)).toMatchObject({ state: 'failed', error: { code: 'storage.full' } });
        expect(await bench.files()).toEqual([]);
        const next = await queue.submit(submission(writing('out.csv', 10)), tester);
        expect(await ended(queue, next.id)).toMatchObject({ state: 'succeeded' });
        await queue.close();
      });
    }));

  it('a state directory on a full disk: nothing is accepted, and what ran ends when there is room', () =>
    Bench.use(async (bench) => {
      await withDisk(bench.state, '8m', async () => {
        const { queue } = await bench.open();
        const { id } = await queue.submit(submission(endless), tester);
        await seen(queue, id, 'stage_started');
        const ballast = join(bench.state, 'ballast');
        await writeFile(ballast, Buffer.alloc(16e6)).catch(() => undefined);
        const large = submission(`${quick}\n# ${'x'.repeat(20_000)}`);
        await expect(queue.submit(large, tester)).rejects.toMatchObject({ issue: { severity: 'error' } });
        await queue.cancel(id);
        await rm(ballast);
        expect(await ended(queue, id)).toMatchObject({ state: 'cancelled' });
        const next = await queue.submit(submission(quick), tester);
        expect(await ended(queue, next.id)).toMatchObject({ state: 'succeeded' });
        await queue.close();
      });
    }));

  it('a hundred cancels leave no process', { timeout: 1_800_000 }, () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ keepReady: true, maxQueuedRuns: 1000 });
      const cancels: number[] = [];
      for (let count = 0; count < 100; count++) {
        const { id } = await queue.submit(submission(endless), tester);
        await seen(queue, id, 'stage_started');
        const started = performance.now();
        await queue.cancel(id);
        await eventsOf(queue, id);
        cancels.push(performance.now() - started);
      }
      // two are kept ready; of those that were cancelled none is left
      await until(async () => ((await readdir(join(bench.state, 'work'))).length === 2 ? true : undefined));
      console.log(`100 cancels of a run that computes: p95 ${percentile(cancels, 0.95)} ms`);
    }),
  );
});
