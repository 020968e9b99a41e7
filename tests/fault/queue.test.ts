// The queue with real processes: order, limits, cancels, what is remembered.
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LocalQueue } from '../../relay/queue/local-queue.ts';
import { mostPlans } from '../../relay/queue/planner.ts';
import { DuckDBRegistry } from '../../relay/queue/registry/duckdb.ts';
import type { Registry } from '../../relay/queue/registry/registry.ts';
import { StateDirectory } from '../../relay/queue/state-directory.ts';
import { isTerminal } from '../../shared/protocol/events.ts';
import {
  Bench,
  ended,
  endless,
  eventsOf,
  never,
  quick,
  seen,
  submission,
  tester,
  until,
  withId,
  writing,
} from './bench.ts';

describe.concurrent('a queue', () => {
  it('runs a pipeline in a process of its own and remembers it', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const { id, state } = await queue.submit(submission(writing('out.csv', 1000)), tester);
      expect(state).toBe('waiting');
      const events = await eventsOf(queue, id);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
      expect(events.filter(isTerminal).map(({ type }) => type)).toEqual(['run_completed']);
      const last = events.length - 1;
      expect(await ended(queue, id)).toMatchObject({ state: 'succeeded', rows: 1000, lastSequence: last });
      expect(await bench.files()).toEqual(['out.csv']);
      expect(await eventsOf(queue, id, last - 1)).toHaveLength(1);
      expect(await readdir(`${bench.state}/requests`)).toEqual([]);
    }));

  it('keeps the order, tells positions, and passes over a key that has its share', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ maxConcurrentRuns: 2 });
      const greedy = { name: 'greedy', maxConcurrentRuns: 1 };
      const first = await queue.submit(submission(endless), greedy);
      const second = await queue.submit(submission(endless), greedy);
      const positions: number[] = [];
      queue.onPosition(second.id, (position) => positions.push(position));
      const other = await queue.submit(submission(quick), tester);
      expect((await ended(queue, other.id)).state).toBe('succeeded');
      expect(await queue.get(second.id)).toMatchObject({ state: 'waiting', position: 0 });
      await queue.cancel(first.id);
      await seen(queue, second.id, 'run_started');
      await queue.cancel(second.id);
      expect((await ended(queue, second.id)).state).toBe('cancelled');
      expect(positions).toEqual([0]);
    }));

  it('is full at its limits', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ maxQueuedRuns: 2 });
      const few = { name: 'few', maxQueuedRuns: 0 };
      const { id } = await queue.submit(submission(endless), few);
      await expect(queue.submit(submission(quick), few)).rejects.toMatchObject({ code: 'queue.full' });
      await queue.submit(submission(quick), tester);
      await queue.submit(submission(quick), tester);
      await expect(queue.submit(submission(quick), tester)).rejects.toMatchObject({ code: 'queue.full' });
      expect(queue.counts).toEqual({ waiting: 2, running: 1 });
      await queue.cancel(id);
    }));

  it('starts nothing twice, and gives nobody the run of another', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const run = withId(quick);
      const both = await Promise.all([queue.submit(run, tester), queue.submit(run, tester)]);
      expect(both.map(({ id }) => id)).toEqual([run.id, run.id]);
      expect(await queue.list({ limit: 10 })).toHaveLength(1);
      await expect(queue.submit(run, { name: 'else' })).rejects.toMatchObject({ code: 'run.forbidden' });
      await ended(queue, run.id);
      expect((await queue.submit(run, tester)).state).toBe('succeeded');
    }));

  it('cancels what waits, starts, computes and writes, and what has ended not', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const starting = await queue.submit(submission(endless), tester);
      const waiting = await queue.submit(submission(quick), tester);
      expect(await queue.cancel(waiting.id)).toBe(true);
      expect((await ended(queue, waiting.id)).state).toBe('cancelled');
      expect(await queue.cancel(starting.id)).toBe(true);
      expect((await ended(queue, starting.id)).state).toBe('cancelled');
      const computing = await queue.submit(submission(endless), tester);
      await seen(queue, computing.id, 'stage_started');
      await queue.cancel(computing.id);
      expect(await queue.cancel(computing.id)).toBe(true);
      expect((await ended(queue, computing.id)).state).toBe('cancelled');
      const writes = await queue.submit(submission(writing('out.csv', 1e11)), tester);
      await seen(queue, writes.id, 'destination_started');
      await queue.cancel(writes.id);
      expect((await ended(queue, writes.id)).state).toBe('cancelled');
      await until(async () => ((await bench.files()).length === 0 ? true : undefined));
      expect(await queue.cancel(writes.id)).toBe(false);
      await expect(queue.cancel(randomUUID())).rejects.toMatchObject({ code: 'run.unknown' });
      await expect(queue.events(randomUUID(), -1, never)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        code: 'run.unknown',
      });
    }));

  it('forgets the oldest, in pages of what it remembers', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ retention: { maxRuns: 2, maxAgeMs: 86_400_000 } });
      const ids: string[] = [];
      for (let count = 0; count < 4; count++) ids.push((await queue.submit(submission(quick), tester)).id);
      for (const id of ids.slice(2)) await ended(queue, id);
      await until(async () => ((await readdir(`${bench.state}/journals`)).length === 2 ? true : undefined));
      const [newest, ...rest] = await queue.list({ limit: 10 });
      expect([newest, ...rest].map((run) => run?.id)).toEqual(ids.slice(2).reverse());
      expect(await queue.list({ limit: 10, before: newest?.id })).toEqual(rest);
    }));

  it('drains: accepts nothing, lets what runs end, cancels it when that takes too long, keeps what waits', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const { id } = await queue.submit(submission(endless), tester);
      await seen(queue, id, 'stage_started');
      const waiting = await queue.submit(submission(quick), tester);
      const drained = queue.drain(50);
      await expect(queue.submit(submission(quick), tester)).rejects.toMatchObject({ code: 'queue.closing' });
      await drained;
      expect(await queue.get(id)).toMatchObject({ state: 'cancelled' });
      await queue.close();
      const again = await bench.open();
      expect(again.recovery).toMatchObject({ waiting: 1, interrupted: 0 });
      expect(await ended(again.queue, waiting.id)).toMatchObject({ state: 'succeeded' });
    }));

  it('makes plans beside runs, in processes that leave nothing', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const busy = await queue.submit(submission(endless), tester);
      await seen(queue, busy.id, 'stage_started');
      const { plan } = await queue.plan({ document: quick, parameters: {}, substituted: false }, tester, never);
      expect(plan?.stages).toMatchObject([{ name: 'a', columns: [{ name: 'answer', type: 'INTEGER' }] }]);
      const secret = `{ sources: [], stages: [[{ name: a, query: "SELECT '\${secret:TOKEN}' AS t, missing" }]] }`;
      const known = { ...tester, secrets: { TOKEN: 'canary-in-a-plan' } };
      const answer = await queue.plan({ document: secret, parameters: {}, substituted: false }, known, never);
      expect(answer.plan).toBeUndefined();
      expect(answer.issues[0]).toMatchObject({ code: 'sql.binding' });
      expect(JSON.stringify(answer)).not.toContain('canary-in-a-plan');
      const left = new AbortController();
      const plans = Array.from({ length: mostPlans }, () =>
        queue.plan({ document: quick, parameters: {}, substituted: false }, tester, left.signal),
      );
      await expect(
        queue.plan({ document: quick, parameters: {}, substituted: false }, tester, never),
      ).rejects.toMatchObject({ code: 'queue.full' });
      left.abort();
      for (const settled of await Promise.allSettled(plans)) {
        expect(settled).toMatchObject({ status: 'rejected', reason: { code: 'run.cancelled' } });
      }
      expect(await queue.list({ limit: 10 })).toHaveLength(1);
      await queue.cancel(busy.id);
      await ended(queue, busy.id);
      await until(async () => ((await readdir(`${bench.state}/work`)).length === 0 ? true : undefined));
    }));

  it('has no request of a run any more when its end is recorded, so that a kill between the two leaves none', () =>
    Bench.use(async (bench) => {
      const directory = await StateDirectory.open(bench.state);
      const registry = await DuckDBRegistry.open(directory.registry);
      const left: string[][] = [];
      const watched: Registry = {
        ...{ accept: (run) => registry.accept(run), get: (id) => registry.get(id), list: (by) => registry.list(by) },
        ...{ unfinished: () => registry.unfinished(), expire: (...which) => registry.expire(...which) },
        transition: async (id, from, to, change) => {
          if (to !== 'running') left.push(await readdir(directory.requests));
          return registry.transition(id, from, to, change);
        },
        ...{ oldest: (limit) => registry.oldest(limit), forget: (id) => registry.forget(id) },
        close: () => registry.close(),
      };
      const queue = new LocalQueue(bench.options(), directory, watched, []);
      const { id } = await queue.submit(submission(quick), tester);
      const waiting = await queue.submit(submission(quick), tester);
      await queue.cancel(waiting.id);
      await ended(queue, waiting.id);
      await ended(queue, id);
      await queue.close();
      expect(left.map((names) => names.filter((name) => name.startsWith(id)))).toEqual([expect.any(Array), []]);
      expect(left.map((names) => names.filter((name) => name.startsWith(waiting.id)))).toEqual([[], []]);
    }));

  it('has its state directory to itself', () =>
    Bench.use(async (bench) => {
      await bench.open();
      await expect(bench.open()).rejects.toMatchObject({ code: 'command.usage' });
    }));
});
