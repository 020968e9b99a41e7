// kill -9 of a whole relay at random moments, again and again on one state directory, and what the next start makes of
// it. FAULT=full for a hundred of them; FAULT_SEED for the same moments again.
import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import { isTerminal } from '../../shared/protocol/events.ts';
import { Bench, ended, eventsOf, until, withId, writing } from './bench.ts';
import { KilledServer } from './killed-server.ts';
import { randomOf } from './random.ts';

const full = process.env.FAULT === 'full';
const kills = full ? 100 : 4;
const rows = 30_000;

/** Processes whose working directory lies below the folder. */
async function processesIn(folder: string): Promise<string[]> {
  const { readlink } = await import('node:fs/promises');
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const home = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (home.startsWith(folder)) found.push(pid);
  }
  return found;
}

it.skipIf(process.platform !== 'linux')(
  `loses nothing and leaves nothing half in ${kills} times kill -9`,
  () =>
    Bench.use(async (bench) => {
      const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
      console.log(`FAULT_SEED=${seed}`);
      const random = randomOf(seed);
      const { log, ...options } = bench.options({ maxConcurrentRuns: 2, maxQueuedRuns: 1000, keepReady: true });
      log.silent({});
      const plain = { ...options, retention: { maxRuns: 10_000, maxAgeMs: 86_400_000 } };
      const accepted = new Set<string>();
      const told = new Set<string>();
      let slowest = 0;
      for (let kill = 0; kill < kills; kill++) {
        const started = performance.now();
        const server = new KilledServer(inject('queueServer'), plain);
        await server.opened;
        slowest = Math.max(slowest, performance.now() - started);
        const count = 1 + Math.floor(random() * 3);
        for (let index = 0; index < count; index++) {
          const run = withId(writing(`${kill}-${index}.csv`, rows));
          server.submit(run);
        }
        // at some moment of a start or a run, or soon after one has ended
        if (random() < 0.4) await until(() => Promise.resolve(server.ended.size > 0 ? true : undefined));
        await pause(random() * (server.ended.size > 0 ? 300 : 2000));
        await server.kill();
        for (const id of server.accepted) accepted.add(id);
        for (const id of server.ended) told.add(id);
        expect(server.failures).toEqual([]);
      }
      const { queue } = await bench.open({ ...plain, keepReady: false });
      const listed = (await queue.list({ limit: 10_000 })).map(({ id }) => id);
      expect(new Set(listed).size).toBe(listed.length);
      expect([...accepted].filter((id) => !listed.includes(id))).toEqual([]);
      for (const id of listed) await ended(queue, id);
      await until(() => Promise.resolve(queue.counts.running + queue.counts.waiting === 0 ? true : undefined));
      const states = new Map<string, number>();
      for (const id of listed) {
        const run = await queue.get(id);
        const state = run?.state ?? 'lost';
        states.set(state, (states.get(state) ?? 0) + 1);
        expect(['succeeded', 'interrupted']).toContain(state);
        // what somebody was told has happened
        if (told.has(id)) expect(run?.lastSequence).toBeGreaterThanOrEqual(0);
        const events = await eventsOf(queue, id);
        expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
        expect(events.filter(isTerminal)).toHaveLength(1);
        expect(events.filter(({ type }) => type === 'run_started').length).toBeLessThanOrEqual(1);
      }
      const files = await bench.files();
      for (const name of files) {
        expect(name).toMatch(/^\d+-\d+\.csv$/);
        const lines = (await readFile(join(bench.data, name), 'utf8')).split('\n');
        expect(lines.length, name).toBe(rows + 2);
      }
      expect(files.length).toBeGreaterThanOrEqual(states.get('succeeded') ?? 0);
      expect(await readdir(`${bench.state}/requests`)).toEqual([]);
      await until(async () => ((await readdir(`${bench.state}/work`)).length === 0 ? true : undefined));
      expect(await processesIn(bench.state)).toEqual([]);
      const figures = [...states].map(([state, number]) => `${number} ${state}`).join(', ');
      console.log(
        `${kills} kills: ${listed.length} runs recorded, ${accepted.size} of them told: ${figures}; slowest start ${Math.round(slowest)} ms`,
      );
    }),
  full ? 3_600_000 : 300_000,
);
