// What a relay makes of a state directory that is not as it left it.
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DuckDBRegistry } from '../../relay/queue/registry/duckdb.ts';
import { Bench, ended, endless, quick, seen, submission, tester, withId } from './bench.ts';

const usage = (message: RegExp) => ({
  code: 'command.usage',
  message: expect.stringMatching(message) as string,
  issue: { hint: expect.any(String) as string },
});

/** A state directory that a relay with one ended, one running and one waiting run has left. */
async function leave(bench: Bench): Promise<{ ended: string; waiting: string }> {
  const { queue } = await bench.open();
  const { id } = await queue.submit(submission(quick), tester);
  await ended(queue, id);
  const busy = await queue.submit(submission(endless), tester);
  await seen(queue, busy.id, 'stage_started');
  const waiting = await queue.submit(withId(quick), tester);
  await queue.close();
  return { ended: id, waiting: waiting.id };
}

/** A DuckDB file that says it has another version: DuckDB's checksum is over the rest of the header. */
function ofVersion(file: Buffer, version: bigint): Buffer {
  file.writeBigUInt64LE(version, 12);
  let sum = 5381n;
  for (let at = 8; at < 4096; at += 8) sum ^= BigInt.asUintN(64, file.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  file.writeBigUInt64LE(sum, 0);
  return file;
}

/** Makes a run one that goes on, as the record says where a relay was killed. */
async function makeRunning(bench: Bench, id: string): Promise<void> {
  const registry = await DuckDBRegistry.open(join(bench.state, 'runs.duckdb'));
  for (const state of ['interrupted', 'cancelled', 'failed'] as const)
    await registry.transition(id, state, 'running', {});
  await registry.close();
}

describe.concurrent('a state directory', () => {
  it.each(['', 'work', 'requests', 'journals'])('that has a file where a folder belongs (%s) is refused', (name) =>
    Bench.use(async (bench) => {
      if (name !== '') await mkdir(bench.state);
      await writeFile(join(bench.state, name), '');
      await expect(bench.open()).rejects.toMatchObject(usage(/is no folder/));
      await rm(join(bench.state, name));
      await bench.open();
    }),
  );

  it('below a file is refused, and with a folder where the record belongs', () =>
    Bench.use(async (bench) => {
      await writeFile(join(bench.data, 'file'), '');
      await expect(
        bench.open({ stateDirectory: join(bench.data, 'file', 'state'), platform: { directories: [] } }),
      ).rejects.toMatchObject(usage(/is no folder/));
      await mkdir(join(bench.state, 'runs.duckdb'), { recursive: true });
      await expect(bench.open()).rejects.toMatchObject(usage(/is no file/));
    }));

  it('whose record is gone is refused and keeps what it has', () =>
    Bench.use(async (bench) => {
      const { waiting } = await leave(bench);
      const record = await readFile(join(bench.state, 'runs.duckdb'));
      await rm(join(bench.state, 'runs.duckdb'));
      await expect(bench.open()).rejects.toMatchObject(usage(/runs\.duckdb, is gone/));
      expect(existsSync(join(bench.state, 'runs.duckdb'))).toBe(false);
      expect(await readdir(join(bench.state, 'requests'))).toContain(`${waiting}.json`);
      await writeFile(join(bench.state, 'runs.duckdb'), record);
      const { queue } = await bench.open();
      expect((await ended(queue, waiting)).state).toBe('succeeded');
    }));

  it.each([
    ['garbled at its beginning', (bytes: Buffer) => bytes.fill(0xab, 0, 64)],
    ['garbled where its rows are', (bytes: Buffer) => bytes.fill(0xab, 3 * 4096 + 8)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 5000)],
    ['cut off where its rows are', (bytes: Buffer) => bytes.subarray(0, 3 * 4096 + 100)],
    ['empty', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['something else', () => Buffer.from('keys: []\n')],
    ['the record of a newer version', (bytes: Buffer) => ofVersion(bytes, 999n)],
  ])('whose record is %s is refused with what to do, and keeps what it has', (name, damage) =>
    Bench.use(async (bench) => {
      const left = await leave(bench);
      const path = join(bench.state, 'runs.duckdb');
      const whole = await readFile(path);
      const damaged = damage(Buffer.from(whole));
      await writeFile(path, damaged);
      await expect(bench.open()).rejects.toMatchObject({
        code: 'file.corrupt',
        message: `The record of the runs, ${path}, ${/newer/.test(name) ? 'was written by another version of Sluice' : 'is damaged or something else'}.`,
        issue: { hint: expect.stringMatching(/state-dir|Put a copy of it back/) as string },
      });
      expect((await readFile(path)).equals(damaged)).toBe(true);
      await writeFile(path, whole);
      const { queue } = await bench.open();
      expect(await queue.get(left.ended)).toMatchObject({ state: 'succeeded' });
      expect((await ended(queue, left.waiting)).state).toBe('succeeded');
    }),
  );

  it('that cannot be made tells what to do', () =>
    Bench.use(async (bench) => {
      const stateDirectory = join(bench.state, 'x'.repeat(300));
      await expect(bench.open({ stateDirectory })).rejects.toMatchObject({
        code: 'file.failed',
        message: expect.stringContaining(
          `Opening the state directory ${stateDirectory} failed: ENAMETOOLONG`,
        ) as string,
        issue: { hint: 'Choose another folder with --state-dir.' },
      });
    }));

  it('keeps a journal that is damaged within as it was, and tells where', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      const { id } = await queue.submit(submission(endless), tester);
      await seen(queue, id, 'stage_started');
      const path = join(bench.state, 'journals', `${id}.events`);
      await queue.close();
      const journal = await readFile(path);
      journal.write('garbled', journal.readUInt32LE(0) + 16 + 20); // in the second event
      await writeFile(path, journal);
      await makeRunning(bench, id);
      const again = await bench.open();
      const kept = join(bench.state, 'lost', `${id}.events`);
      expect(again.recovery.notices).toMatchObject([
        { code: 'file.corrupt', severity: 'warning', hint: expect.stringContaining(kept) as string },
      ]);
      expect((await readFile(kept)).equals(journal)).toBe(true);
      expect(await again.queue.get(id)).toMatchObject({ state: 'interrupted', lastSequence: 1 });
    }));

  it('whose record lacks runs puts what it has of them aside, and tells it', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      await queue.close();
      const record = await readFile(join(bench.state, 'runs.duckdb'));
      const left = await leave(bench);
      await rm(join(bench.state, 'runs.duckdb.wal'), { force: true });
      await writeFile(join(bench.state, 'runs.duckdb'), record);
      const again = await bench.open();
      expect(again.recovery.notices.map(({ message }) => message)).toEqual([
        expect.stringMatching(/were moved to .*lost/),
      ]);
      const lost = await readdir(join(bench.state, 'lost'));
      expect(lost).toContain(`${left.waiting}.json`);
      expect(lost).toContain(`${left.ended}.events`);
      expect(await readdir(join(bench.state, 'requests'))).toEqual([]);
    }));

  it('with a strange folder in it does not keep the relay from its start', () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open();
      await queue.close();
      await mkdir(join(bench.state, 'journals', 'folder', 'in it'), { recursive: true });
      const again = await bench.open();
      expect((await ended(again.queue, (await again.queue.submit(submission(quick), tester)).id)).state).toBe(
        'succeeded',
      );
    }));

  it('that a run could reach is refused before anything is made', () =>
    Bench.use(async (bench) => {
      await symlink(bench.data, join(bench.data, '..', 'link'));
      for (const place of [bench.data, join(bench.data, '..', 'link')]) {
        const stateDirectory = join(place, 'a', 'state');
        await expect(bench.open({ stateDirectory })).rejects.toMatchObject(usage(/lies in a data folder/));
      }
      expect(await bench.files()).toEqual([]);
      await mkdir(join(bench.state, 'journals'), { recursive: true });
      const platform = { directories: [join(bench.state, 'journals')] };
      await expect(bench.open({ platform })).rejects.toMatchObject(usage(/lies in the state directory/));
      expect(await readdir(bench.state)).toEqual(['journals']);
    }));
});
