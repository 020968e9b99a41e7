// What harms a relay: texts without end, processes that say what they like, disks that refuse, files that are damaged.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ChildProcess } from '../../relay/queue/process/child-process.ts';
import { watch } from '../../relay/queue/process/watch.ts';
import { issueLimits, type SluiceError } from '../../shared/errors.ts';
import { Bench, ended, endless, eventsOf, quick, seen, submission, tester, until, withId, writing } from './bench.ts';
import { strangeChild, type Behaviour } from './strange-child.ts';

const failing = (length: number): string =>
  `{ sources: [], stages: [[{ name: a, query: "SELECT error(repeat('x', ${length}))", show: 1 }]] }`;

/** A queue whose runs have this process. */
async function openStrange(bench: Bench, behaviour: Behaviour, more: Parameters<Bench['open']>[0] = {}) {
  const program = join(bench.data, '..', 'strange.cjs');
  await writeFile(program, strangeChild(behaviour));
  return bench.open({ program, ...more });
}

const journalOf = (bench: Bench, id: string): string => join(bench.state, 'journals', `${id}.events`);

describe.concurrent('a relay', () => {
  it('ends runs whose errors have 8 MB, lists them in little, and starts again', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const ids: string[] = [];
      for (let count = 0; count < 2; count++) ids.push((await queue.submit(submission(failing(8e6)), tester)).id);
      for (const id of ids) {
        const { state, error } = await ended(queue, id);
        expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'sql.failed' });
        expect(error?.message).toHaveLength(issueLimits.message);
        expect(JSON.stringify(await eventsOf(queue, id)).length).toBeLessThan(50_000);
      }
      expect(JSON.stringify(await queue.list({ limit: 10 })).length).toBeLessThan(50_000);
      await queue.close();
      const again = await bench.open();
      expect(again.recovery).toEqual({ waiting: 0, interrupted: 0, notices: [] });
      expect(await again.queue.list({ limit: 10 })).toHaveLength(2);
    }));

  it.each([
    ['ends with a message of 3 MB', 'protocol.invalid'],
    ['ends with a message of 500 KB', 'sql.failed'],
    ['ends with a code that there is not', 'protocol.invalid'],
    ['ends with what is no event', 'protocol.invalid'],
    ['says something else', 'protocol.invalid'],
    ['says nothing that is an object', 'protocol.invalid'],
    ['begins its events with the second', 'protocol.invalid'],
  ] as const)('is not harmed by a process that %s', (behaviour, code) =>
    Bench.use(async (bench) => {
      const { queue } = await openStrange(bench, behaviour);
      const { id } = await queue.submit(submission(quick), tester);
      const run = await ended(queue, id);
      expect({ state: run.state, code: run.error?.code }).toEqual({ state: 'failed', code });
      expect(JSON.stringify(run).length).toBeLessThan(5_000);
      await queue.close();
      const again = await bench.open();
      expect(again.recovery).toEqual({ waiting: 0, interrupted: 0, notices: [] });
      expect((await ended(again.queue, (await again.queue.submit(submission(quick), tester)).id)).state).toBe(
        'succeeded',
      );
    }),
  );

  it('keeps few of the parameters that a process tells', () =>
    Bench.use(async (bench) => {
      const { queue } = await openStrange(bench, 'gives parameters of 5 MB');
      const { id } = await queue.submit(submission(quick), tester);
      const { state, parameters } = await ended(queue, id);
      expect(state).toBe('succeeded');
      expect(JSON.stringify(parameters).length).toBeLessThan(40_000);
      expect(parameters['…']).toMatch(/^\d+ more$/);
    }));

  it('ends a cancelled run while much that it left is still being removed', () =>
    Bench.use(async (bench) => {
      const { queue } = await openStrange(bench, 'leaves 20,000 folders and hangs');
      const { id } = await queue.submit(submission(quick), tester);
      await seen(queue, id, 'run_started');
      await queue.cancel(id);
      expect((await ended(queue, id)).state).toBe('cancelled');
      await until(async () => ((await readdir(join(bench.state, 'work'))).length === 0 ? true : undefined));
    }));

  it('ends runs that cannot be recorded, tells it those who follow, and stops when it is told to', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ recordingMs: 50 });
      const { id } = await queue.submit(submission(quick), tester);
      await ended(queue, id);
      await rm(join(bench.state, 'journals'), { recursive: true });
      for (let count = 0; count < 2; count++) {
        const { id: lost } = await queue.submit(submission(quick), tester);
        const events = await eventsOf(queue, lost);
        expect(events.at(-1)).toMatchObject({ type: 'run_failed', issue: { code: 'file.not_found' } });
        expect(await queue.get(lost)).toMatchObject({ state: 'failed', error: { code: 'file.not_found' } });
        expect(await queue.cancel(lost)).toBe(false);
      }
      await queue.drain(0);
      await queue.close();
      const again = await bench.open();
      expect(again.recovery).toMatchObject({ interrupted: 2 });
      expect((await again.queue.list({ limit: 10 })).map(({ state }) => state)).toEqual([
        'interrupted',
        'interrupted',
        'succeeded',
      ]);
    }));

  it('stops although a run cannot be recorded', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ recordingMs: 3_600_000 });
      const { id } = await queue.submit(submission(endless), tester);
      await seen(queue, id, 'stage_started');
      await rm(join(bench.state, 'journals'), { recursive: true });
      await writeFile(join(bench.state, 'journals'), ''); // as a folder it could come again
      const other = await queue.submit(submission(quick), tester);
      await queue.cancel(other.id); // has no journal yet, and gets none
      await queue.drain(0);
      await queue.close();
      expect(queue.counts.running).toBe(0);
    }));

  it.each([
    ['garbled', Buffer.alloc(16, 0xab)],
    ['with a length of 4 GiB', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['with another number', Buffer.from([])],
  ])('tells that a journal is damaged whose header is %s, and nothing else is', (name, bytes) =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const { id } = await queue.submit(submission(quick), tester);
      const whole = await ended(queue, id);
      const journal = await readFile(journalOf(bench, id));
      if (name === 'with another number') journal.writeUInt32LE(7, 8);
      bytes.copy(journal, 0);
      await writeFile(journalOf(bench, id), journal);
      await expect(eventsOf(queue, id)).rejects.toMatchObject({ code: 'file.corrupt' });
      expect(await queue.get(id)).toEqual(whole);
      expect((await ended(queue, (await queue.submit(submission(quick), tester)).id)).state).toBe('succeeded');
    }),
  );

  it('settles the runs of before one by one, and those that it cannot settle keep none from starting', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const running = await queue.submit(withId(endless), tester);
      await seen(queue, running.id, 'stage_started');
      const [broken, lacking, good] = [withId(quick), withId(quick), withId(writing('good.csv', 1))];
      for (const run of [broken, lacking, good]) await queue.submit(run, tester);
      await queue.close();
      await rm(journalOf(bench, running.id));
      await mkdir(journalOf(bench, running.id));
      await mkdir(journalOf(bench, broken.id));
      await rm(join(bench.state, 'requests', `${lacking.id}.json`));
      const again = await bench.open();
      expect(again.recovery.notices.map(({ message }) => message)).toEqual([
        expect.stringContaining(broken.id),
        expect.stringContaining(lacking.id),
      ]);
      expect((await ended(again.queue, good.id)).state).toBe('succeeded');
      expect((await again.queue.get(broken.id))?.state).toBe('interrupted');
    }));

  it('leaves no process and no folder of a run that could not be started', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const work = join(bench.state, 'work');
      // what cannot be sent to it
      const platform = { directories: [bench.data], base: (() => undefined) as unknown as string };
      const { program } = bench.options();
      await expect(ChildProcess.start(work, { program, platform })).rejects.toThrow('could not be cloned');
      expect(await readdir(work)).toEqual([]);
      await queue.close();
    }));

  it('goes on where what a process takes cannot be seen, and tells it', async () => {
    const troubles: string[] = [];
    let stop = (): void => undefined;
    const blind = new Promise<string>((resolve) => {
      const temporary = { folder: 'a\0b', most: 1 };
      const onTrouble = ({ code }: SluiceError): void => void troubles.push(code);
      const options = { pid: undefined, silenceMs: 1e6, temporary, onTrouble };
      stop = watch({ ...options, onBlind: ({ code }) => resolve(code) }).stop;
    });
    expect(await blind).toBe('internal');
    stop();
    expect(troubles).toEqual([]);
  });

  it('holds downloads to what a run may have on the disk', () =>
    Bench.use(async (bench) => {
      const server = createServer((_, response) => {
        response.write('a\n');
        const more = (): void => {
          while (!response.destroyed && response.write('1\n'.repeat(10_000)));
        };
        response.on('drain', more);
        more();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const platform = { directories: [], allowHosts: ['127.0.0.1'], maxTemporarySize: '5MB' };
        const { queue } = await bench.open({ platform });
        const location = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rows.csv`;
        const source = { type: 'file', name: 's', location, format: { type: 'csv' } };
        const document = JSON.stringify({ sources: [source], stages: [[{ name: 'a', query: 'FROM s', show: 1 }]] });
        const { id } = await queue.submit(submission(document), tester);
        expect(await ended(queue, id)).toMatchObject({ state: 'failed', error: { code: 'run.limit' } });
      } finally {
        server.closeAllConnections();
        server.close();
      }
    }));

  it('forgets the oldest runs when its state has too many bytes, and tells it', () =>
    Bench.use(async (bench) => {
      const lines: string[] = [];
      const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
      const { queue } = await bench.open({ log, maxStateBytes: 2_500 });
      const ids: string[] = [];
      for (let count = 0; count < 4; count++) {
        ids.push((await queue.submit(submission(quick), tester)).id);
        await ended(queue, ids.at(-1) ?? '');
      }
      await until(async () => ((await queue.get(ids[0] ?? '')) ? undefined : true));
      expect(await queue.get(ids[3] ?? '')).toMatchObject({ state: 'succeeded' });
      expect(lines.join('')).toContain('the oldest runs were forgotten');
    }));
});
