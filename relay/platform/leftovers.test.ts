import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFile } from '../../shared/platform.ts';
import { DataFolders } from './data-folders.ts';
import { DiskFiles } from './files.ts';
import { leftoversName, lineOf } from './leftover.ts';
import { sweepLeftovers } from './leftovers.ts';
import { PrivateFolder } from './private-folder.ts';

let folder: string;
let data: string;
let temporary: string;
let own: PrivateFolder;
let files: DiskFiles;
let children: ChildProcess[] = [];
/** What is being written, whose handles must be closed in the end. */
let begun: NewFile[] = [];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-leftovers-')));
  [data, temporary] = [join(folder, 'data'), join(folder, 'temporary')];
  for (const path of [data, temporary]) await mkdir(path);
  own = await PrivateFolder.open(temporary);
  files = new DiskFiles(await DataFolders.open({ directories: [data] }), own);
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const file of begun) await file.abort();
  [children, begun] = [[], []];
  await rm(folder, { recursive: true, force: true });
});

async function begin(path: string): Promise<void> {
  const file = await files.create(path);
  begun.push(file);
  await file.write(new Uint8Array(1));
}

/** Makes the private folder that of another process. */
async function giveTo(pid: number, started = '1'): Promise<void> {
  const [name = ''] = await readdir(temporary);
  await rename(join(temporary, name), join(temporary, name.replace(/-\d+-\d+-/, `-${pid}-${started}-`)));
}

/** The number of a process that has ended, and is not given again so soon. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

async function all(): Promise<string[]> {
  return (await readdir(data, { recursive: true })).sort();
}

async function put(path: string, text: string): Promise<void> {
  const made = await files.createFolder(path, 'replace');
  const file = await made.create('a');
  await file.write(new TextEncoder().encode(text));
  await file.commit();
  await made.commit();
}

describe('what a dead process left', () => {
  it('goes: files and folders that were not whole, the folders made for them, and its private folder', async () => {
    await writeFile(join(data, 'kept.csv'), '');
    await begin('x/y/out.csv');
    const made = await files.createFolder('z/out', 'replace');
    await (await made.create('k=1/a.csv')).commit();
    expect((await all()).length).toBeGreaterThan(6);
    await giveTo(await deadPid());
    expect(await sweepLeftovers(temporary)).toEqual([]);
    expect([await all(), await readdir(temporary)]).toEqual([['kept.csv'], []]);
  });

  it('keeps what was committed', async () => {
    await put('out', '1');
    await put('out', '2');
    const file = await files.create('a.csv');
    await file.commit();
    await giveTo(await deadPid());
    expect(await sweepLeftovers(temporary)).toEqual([]);
    expect([await all(), await readFile(join(data, 'out/a'), 'utf8')]).toEqual([['a.csv', 'out', 'out/a'], '2']);
  });

  it('gives back a folder that had stepped aside for one that never came', async () => {
    await put('out', '1');
    const old = join(data, '.out.0123456789ab.old');
    await own.note({ old, place: join(data, 'out') });
    await rename(join(data, 'out'), old);
    await giveTo(await deadPid());
    expect(await sweepLeftovers(temporary)).toEqual([]);
    expect(await all()).toEqual(['out', 'out/a']);
  });

  it('loses a folder that had stepped aside for one that came', async () => {
    await put('out', '1');
    const old = join(data, '.out.0123456789ab.old');
    await own.note({ old, place: join(data, 'out') });
    await rename(join(data, 'out'), old);
    await put('out', '2');
    await giveTo(await deadPid());
    expect(await sweepLeftovers(temporary)).toEqual([]);
    expect([await all(), await readFile(join(data, 'out/a'), 'utf8')]).toEqual([['out', 'out/a'], '2']);
  });

  it('may be swept by several at a time', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await begin(`${name}/out.csv`);
    await giveTo(await deadPid());
    const answers = await Promise.all(Array.from({ length: 4 }, () => sweepLeftovers(temporary)));
    const again = await sweepLeftovers(temporary);
    expect(answers.flat().filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([again, await all(), await readdir(temporary)]).toEqual([[], [], []]);
  });
});

describe('what is left alone', () => {
  it('what this process has', async () => {
    await begin('out.csv');
    await sweepLeftovers(temporary);
    expect([(await all()).length, (await readdir(temporary)).length]).toEqual([1, 1]);
  });

  it('what another process has, as long as it lives', async () => {
    await begin('out.csv');
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    children.push(child);
    const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
    await giveTo(child.pid ?? 0, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    await sweepLeftovers(temporary);
    expect([(await all()).length, (await readdir(temporary)).length]).toEqual([1, 1]);
    await giveTo(child.pid ?? 0, '7'); // the number was somebody else's before
    await sweepLeftovers(temporary);
    expect([await all(), await readdir(temporary)]).toEqual([[], []]);
  });

  it('what a process of another system has, unless all are known to have ended', async () => {
    await begin('out.csv');
    const [name = ''] = await readdir(temporary);
    await rename(join(temporary, name), join(temporary, name.replace(/-[0-9a-f]{16}-/, '-0123456789abcdef-')));
    await sweepLeftovers(temporary);
    expect(await all()).toHaveLength(1);
    await sweepLeftovers(temporary, { allEnded: true });
    expect([await all(), await readdir(temporary)]).toEqual([[], []]);
  });

  it('what no list of ours can name, and lists that others could have written', async () => {
    const list = join(own.path, leftoversName);
    await writeFile(join(data, 'precious'), '');
    const lines = [
      { part: join(data, 'precious') },
      { old: join(data, 'precious'), place: join(data, 'x') },
      { part: 'x' },
    ];
    await appendFile(list, lines.map((line) => `${JSON.stringify(line)}\n`).join('') + '{"part":"/cut/off/.a.0123');
    await writeFile(join(data, '.mine.0123456789ab.part'), '');
    await appendFile(list, `\n${lineOf({ part: join(data, '.mine.0123456789ab.part') })}`);
    await chmod(own.path, 0o777);
    await giveTo(await deadPid());
    await sweepLeftovers(temporary);
    expect(await all()).toEqual(['.mine.0123456789ab.part', 'precious']);
    const [name = ''] = await readdir(temporary);
    await chmod(join(temporary, name), 0o700);
    await sweepLeftovers(temporary);
    expect([await all(), await readdir(temporary)]).toEqual([['precious'], []]);
  });
});

it('a folder that is not there has nothing to sweep', async () => {
  expect(await sweepLeftovers(join(folder, 'nowhere'))).toEqual([]);
});
