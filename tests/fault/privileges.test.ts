// Runs as another user, which only root can start.
import { chmod, chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { launchAs } from '../../relay/queue/process/privileges.ts';
import { userOf } from '../../relay/server/user.ts';
import { Bench, ended, endless, quick, seen, submission, tester, until, writing } from './bench.ts';

const nobody = { uid: 65_534, gid: 65_534 };

/** A bench whose data folder is that user's. */
async function open(bench: Bench, more: Parameters<Bench['open']>[0] = {}) {
  await chmod(dirname(bench.data), 0o755);
  await chown(bench.data, nobody.uid, nobody.gid);
  return bench.open({ runAs: nobody, ...more });
}

const statusOf = async (bench: Bench): Promise<string> => {
  const work = `${bench.state}-work`;
  const [name = ''] = await readdir(work);
  const { pid } = JSON.parse(await readFile(join(work, name, 'process'), 'utf8')) as { pid: number };
  return readFile(`/proc/${pid}/status`, 'utf8');
};

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a run as another user', () => {
  it('has no privileges, writes as that user, and leaves nothing', () =>
    Bench.use(async (bench) => {
      const { queue } = await open(bench);
      const busy = await queue.submit(submission(endless), tester);
      await seen(queue, busy.id, 'stage_started');
      const status = await statusOf(bench);
      expect(status).toMatch(/^Uid:\s+65534\s+65534\s+65534\s+65534$/m);
      expect(status).toMatch(/^Gid:\s+65534\s+65534\s+65534\s+65534$/m);
      expect(status).toMatch(/^Groups:\s*$/m);
      expect(status).toMatch(/^CapEff:\s+0+$/m);
      expect(status).toMatch(/^CapBnd:\s+0+$/m);
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      await queue.cancel(busy.id);
      await ended(queue, busy.id);
      const { id } = await queue.submit(submission(writing('out.csv', 1000)), tester);
      expect(await ended(queue, id)).toMatchObject({ state: 'succeeded', rows: 1000 });
      expect((await stat(join(bench.data, 'out.csv'))).uid).toBe(nobody.uid);
      const killed = await queue.submit(submission(writing('late.csv', 1e11)), tester);
      await until(async () => ((await bench.files()).length > 1 ? true : undefined));
      process.kill(Number(/^Pid:\s+(\d+)$/m.exec(await statusOf(bench))?.[1]), 'SIGKILL');
      expect((await ended(queue, killed.id)).state).toBe('failed');
      await until(async () => ((await readdir(`${bench.state}-work`)).length === 0 ? true : undefined));
      expect(await bench.files()).toEqual(['out.csv']);
      expect((await stat(bench.state)).mode & 0o777).toBe(0o700);
    }));

  it('leaves to the next start what it wrote when the relay is gone, whoever runs are then', () =>
    Bench.use(async (bench) => {
      const { queue } = await open(bench);
      await queue.close();
      const left = join(`${bench.state}-work`, 'left');
      for (const path of [left, join(left, 'home'), join(left, 'temporary')]) await mkdir(path);
      await writeFile(join(left, 'temporary', 'spilled'), '');
      for (const name of ['home', 'temporary', 'temporary/spilled'])
        await chown(join(left, name), nobody.uid, nobody.gid);
      await chmod(left, 0o711);
      const { queue: again, recovery } = await bench.open();
      expect(recovery.notices).toEqual([]);
      expect(await readdir(`${bench.state}-work`)).toEqual([]);
      expect((await ended(again, (await again.submit(submission(quick), tester)).id)).state).toBe('succeeded');
    }));

  it('is refused where that user cannot read a data folder, or is root', () =>
    Bench.use(async (bench) => {
      await chmod(bench.data, 0o700);
      await chmod(dirname(bench.data), 0o755);
      await expect(bench.open({ runAs: nobody })).rejects.toMatchObject({
        code: 'command.usage',
        message: expect.stringContaining(`cannot read ${bench.data}`) as string,
      });
      await expect(bench.open({ runAs: { uid: 0, gid: 0 } })).rejects.toMatchObject({ code: 'command.usage' });
    }));

  it("is refused where the state directory lies in a folder that is root's alone, as root's home is", () =>
    Bench.use(async (bench) => {
      const home = join(dirname(bench.data), 'home');
      await mkdir(home, { mode: 0o700 });
      await expect(open(bench, { stateDirectory: join(home, 'state') })).rejects.toMatchObject({
        code: 'command.usage',
        message: expect.stringContaining(`cannot get into ${join(home, 'state')}-work`) as string,
      });
    }));
});

describe('the user of runs', () => {
  it('is a name of the system or numbers', () => {
    const passwd = (): string => 'root:x:0:0::/root:/bin/sh\nruns:x:990:991::/:/bin/false\n';
    expect(userOf('runs', passwd)).toEqual({ uid: 990, gid: 991 });
    expect(userOf('12:34', passwd)).toEqual({ uid: 12, gid: 34 });
    for (const text of ['other', '12', 'a b', '-1:2', '']) expect(() => userOf(text, passwd)).toThrow();
  });

  it('is taken on by Node itself where the system has no programs for it', () => {
    const none = { prlimit: undefined, setpriv: undefined };
    expect(launchAs(nobody, none)).toEqual({ execPath: process.execPath, before: [], ...nobody });
    expect(launchAs(undefined, none)).toEqual({ execPath: process.execPath, before: [] });
    const both = launchAs(nobody, { prlimit: '/usr/bin/prlimit', setpriv: '/usr/bin/setpriv' });
    expect(both.execPath).toBe('/usr/bin/prlimit');
    expect(both.before.at(-1)).toBe(process.execPath);
    expect(both.before).toContain('--no-new-privs');
    expect(both).not.toHaveProperty('uid');
  });
});
