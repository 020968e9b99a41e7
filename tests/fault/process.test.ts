// Runs that misbehave, each alone: the right error, nothing left over, and the next run goes well.
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { QueueOptions } from '../../relay/queue/open.ts';
import type { RunQueue } from '../../relay/queue/queue.ts';
import { isTerminal } from '../../shared/protocol/events.ts';
import { Bench, ended, endless, eventsOf, quick, seen, submission, tester, until, writing } from './bench.ts';

/** The number of the one process that runs. */
function runningPid(bench: Bench): Promise<number> {
  return until(async () => {
    for (const name of await readdir(`${bench.state}/work`)) {
      const text = await readFile(`${bench.state}/work/${name}/process`, 'utf8').catch(() => '');
      if (text !== '') return (JSON.parse(text) as { pid: number }).pid;
    }
    return undefined;
  });
}

/** Opens the queue again without the limits, which are too narrow for a busy machine. */
async function expectIntact(bench: Bench, limited: RunQueue): Promise<void> {
  await limited.close();
  const { queue, recovery } = await bench.open();
  expect(recovery).toEqual({ waiting: 0, interrupted: 0, notices: [] });
  const { id } = await queue.submit(submission(quick), tester);
  expect(await ended(queue, id)).toMatchObject({ state: 'succeeded' });
  await until(async () => ((await readdir(`${bench.state}/work`)).length === 0 ? true : undefined));
}

interface Trouble {
  readonly name: string;
  readonly document: string;
  readonly options?: Partial<QueueOptions>;
  readonly code: string;
  readonly signal?: NodeJS.Signals;
}

const platform = { directories: [], threads: 1 };

const troubles: readonly Trouble[] = [
  { name: 'is killed', document: endless, signal: 'SIGKILL', code: 'engine.died' },
  { name: 'crashes', document: endless, signal: 'SIGSEGV', code: 'engine.died' },
  { name: 'hangs', document: endless, signal: 'SIGSTOP', options: { silenceMs: 15_000 }, code: 'engine.died' },
  { name: 'loops without end', document: endless, options: { timeLimitMs: 2000 }, code: 'run.limit' },
  {
    name: 'allocates without end',
    document: `{ sources: [], stages: [[{ name: a, query: "SELECT list(repeat('x', 1000) || i) AS l FROM range(100000000) t(i)", show: 1 }]] }`,
    options: { memoryLimit: '100MB' },
    code: 'engine.out_of_memory',
  },
  {
    name: 'has more events than it may',
    document: `{ sources: [], stages: [[{ name: a, query: "SELECT repeat(i::text, 1000) AS t FROM range(10000) t(i)", show: 10000 }]] }`,
    options: { maxJournalBytes: 100_000 },
    code: 'run.limit',
  },
];

describe('a run that', () => {
  for (const { name, document, options, code, signal } of troubles) {
    it(`${name} fails with ${code}, and nothing else does`, () =>
      Bench.use(async (bench) => {
        const { queue } = await bench.open(options);
        const { id } = await queue.submit(submission(document), tester);
        if (signal) {
          await seen(queue, id, 'stage_started');
          process.kill(await runningPid(bench), signal);
        }
        const run = await ended(queue, id);
        expect({ state: run.state, code: run.error?.code }).toEqual({ state: 'failed', code });
        const events = await eventsOf(queue, id);
        expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
        expect(events.filter(isTerminal)).toHaveLength(1);
        await expectIntact(bench, queue);
      }));
  }

  it('writes without end fills no more than it may, and its file is never seen', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({
        memoryLimit: '150MB',
        platform: { ...platform, directories: [bench.data], maxTemporarySize: '20MB' },
      });
      const sorted = `SELECT hash(i) AS h, repeat('x', 100) || i AS t FROM range(100000000) t(i) ORDER BY h`;
      const location = 'out.csv';
      const document = JSON.stringify({
        ...{ sources: [], stages: [[{ name: 'a', query: sorted }]] },
        destination: { type: 'file', name: 'out', location, format: { type: 'csv' } },
      });
      const { id } = await queue.submit(submission(document), tester);
      const { state, error } = await ended(queue, id);
      expect(state).toBe('failed');
      expect(['storage.full', 'engine.out_of_memory', 'run.limit']).toContain(error?.code);
      expect(await bench.files()).toEqual([]);
      await expectIntact(bench, queue);
    }));

  it('takes too long to write its partitions is ended, and nothing of them is left', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ timeLimitMs: 4000 });
      // JSON is written partition by partition: nine thousand queries
      const query = `SELECT range % 9000 AS p, range AS x FROM range(90000)`;
      const document = JSON.stringify({
        ...{ sources: [], stages: [[{ name: 'a', query }]] },
        destination: {
          ...{ type: 'file', name: 'out', location: 'out', format: { type: 'json' }, partition_columns: ['p'] },
        },
      });
      const { id } = await queue.submit(submission(document), tester);
      await until(async () => ((await bench.files()).length > 100 ? true : undefined));
      expect(await ended(queue, id)).toMatchObject({ state: 'failed', error: { code: 'run.limit' } });
      expect((await eventsOf(queue, id)).filter(isTerminal)).toHaveLength(1);
      await until(async () => ((await bench.files()).length === 0 ? true : undefined));
      await expectIntact(bench, queue);
    }));

  it('is killed while it writes leaves nothing beside its destination', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const { id } = await queue.submit(submission(writing('out.csv', 1e11)), tester);
      await until(async () => ((await bench.files()).length > 0 ? true : undefined));
      process.kill(await runningPid(bench), 'SIGKILL');
      expect(await ended(queue, id)).toMatchObject({ state: 'failed', error: { code: 'engine.died' } });
      // what is much is still being removed when the end is told
      await until(async () => ((await bench.files()).length === 0 ? true : undefined));
    }));

  it('gets no environment of the relay, and an empty home', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const { id } = await queue.submit(submission(endless), tester);
      await seen(queue, id, 'stage_started');
      const pid = await runningPid(bench);
      if (process.platform === 'linux') {
        const environment = (await readFile(`/proc/${pid}/environ`, 'utf8'))
          .split('\0')
          .map((line) => line.split('=')[0]);
        expect(environment).not.toContain('PATH');
        expect(environment).toContain('UV_THREADPOOL_SIZE');
        expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('SELECT');
      }
      const [work = ''] = await readdir(`${bench.state}/work`);
      expect(await readdir(`${bench.state}/work/${work}/home`)).toEqual([]);
      await queue.cancel(id);
    }));
});
