import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { DataFolders } from './data-folders.ts';
import { DiskFiles } from './files.ts';
import { DiskNewFolder } from './new-folder.ts';
import { PrivateFolder } from './private-folder.ts';

let folder: string;
let root: string;
let own: PrivateFolder;
let files: DiskFiles;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-folders-')));
  root = join(folder, 'data');
  for (const name of ['data', 'outside']) await mkdir(join(folder, name));
  own = await PrivateFolder.open(folder);
  files = new DiskFiles(await DataFolders.open({ directories: [root] }), own);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await work.catch((reason: unknown) => reason);
  return thrown instanceof SluiceError ? thrown.code : 'none';
};

async function put(path: string, text = ''): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const listed = async (location: string): Promise<string[]> =>
  (await files.list(location)).map(({ location: path }) => path);

/** All paths of files in the data folder, hidden ones included. */
async function all(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

async function write(location: string, mode: 'refuse' | 'replace', contents: Record<string, string>): Promise<void> {
  const made = await files.createFolder(location, mode);
  try {
    for (const [path, text] of Object.entries(contents)) {
      const file = await made.create(path);
      await file.write(new TextEncoder().encode(text));
      await file.commit();
    }
    await made.commit();
  } finally {
    await made.abort();
  }
}

describe('a listing', () => {
  it('has the path below the folder or the fixed part of the pattern', async () => {
    await put('d/year=1/a.csv', 'abc');
    const expected = { location: 'd/year=1/a.csv' };
    expect(await files.list('d/')).toEqual([{ ...expected, below: 'year=1/a.csv' }]);
    expect(await files.list(join(root, 'd/*/a.csv'))).toEqual([{ ...expected, below: 'year=1/a.csv' }]);
    expect(await files.list('./d/year=1/*')).toEqual([{ ...expected, below: 'a.csv' }]);
    expect(await files.list('.')).toEqual([{ ...expected, below: 'd/year=1/a.csv' }]);
    expect(await files.list('nowhere')).toEqual([]);
  });

  it('stays in the data folder', async () => {
    await writeFile(join(folder, 'outside', 'secret.csv'), '');
    expect(await codeOf(files.list('../outside'))).toBe('file.forbidden');
    expect(await codeOf(files.list('../outside/*.csv'))).toBe('file.forbidden');
    await put('d/a.csv');
    await symlink(join(root, 'd', 'a.csv'), join(root, 'd', 'b.csv'));
    expect(await listed('d')).toEqual(['d/a.csv', 'd/b.csv']);
    for (const target of ['outside', 'outside/secret.csv']) {
      await symlink(join(folder, target), join(root, 'd', 'c.csv'));
      expect(await codeOf(files.list('d'))).toBe('file.forbidden');
      await rm(join(root, 'd', 'c.csv'));
    }
  });

  it('follows links to folders, whatever way they are looked for, and tells what it leaves out', async () => {
    await put('store/a.csv');
    await put('d/year=2023/a.csv');
    await put('other/deep/b.csv');
    await symlink('../store', join(root, 'd', 'year=2024'));
    await symlink('../../d', join(root, 'd', 'year=2023', 'circle'));
    await symlink('nothing', join(root, 'd', 'broken.csv'));
    await symlink('../../other', join(root, 'd', 'year=2023', 'more'));
    const told: string[] = [];
    const found = await files.list('d', { notify: ({ message }) => told.push(message) });
    expect(found.map(({ below }) => below)).toEqual([
      'year=2023/a.csv',
      'year=2023/more/deep/b.csv',
      'year=2024/a.csv',
    ]);
    expect(told).toEqual([
      'Left out of d: d/broken.csv is a link that leads to nothing; d/year=2023/circle leads back to a folder that it lies in.',
    ]);
    for (const pattern of ['d/*/a.csv', 'd/year=20[0-9][0-9]/a.csv', 'd/**/a.csv']) {
      expect(await listed(pattern)).toEqual(['d/year=2023/a.csv', 'd/year=2024/a.csv']);
    }
  });

  it('ends when it is cancelled', async () => {
    await put('d/a.csv');
    expect(await codeOf(files.list('d', { signal: AbortSignal.abort() }))).toBe('run.cancelled');
  });
});

describe('a folder that stepped aside and was never replaced', () => {
  it('is put back at once when the other cannot take its place', async () => {
    await put('out/old.csv', 'old');
    let note: unknown;
    const folders = await DataFolders.open({ directories: [root] });
    const made = await DiskNewFolder.create(
      folders,
      { path: join(root, 'out'), name: 'out' },
      'replace',
      async (leftover) => {
        note = leftover;
        if (!('old' in leftover)) return;
        const part = (await readdir(root)).find((name) => name.endsWith('.part')) ?? '';
        await rm(join(root, part), { recursive: true });
      },
    );
    await (await made.create('new.csv')).commit();
    expect(await codeOf(made.commit())).toBe('file.not_found');
    expect(note).toMatchObject({ place: join(root, 'out') });
    expect(await all()).toEqual(['out/old.csv']);
  });

  it('is put back when a file in it is opened', async () => {
    await put('.out.0123456789ab.old/k=1/a.csv', 'old');
    const file = await files.open('out/k=1/a.csv');
    expect(new TextDecoder().decode(await file.read(0, 3))).toBe('old');
    await file.close();
    expect(await codeOf(files.open('out/k=2/a.csv'))).toBe('file.not_found');
  });

  it('is on the list that its process leaves, as long as it is aside', async () => {
    await put('.out.0123456789ab.old/a.csv', 'old');
    await own.note({ old: join(root, '.out.0123456789ab.old'), place: join(root, 'out') });
    await own.remove();
    expect(await readdir(own.path)).toEqual(['leftovers']);
    await rm(join(root, '.out.0123456789ab.old'), { recursive: true });
    await own.remove();
    await expect(readdir(own.path)).rejects.toThrow('ENOENT');
  });
});

describe('many open files', () => {
  it('take no handles before they are read, and are refused when they are others by then', async () => {
    await put('a.csv', 'first');
    const open = await Promise.all(Array.from({ length: 3000 }, () => files.open('a.csv')));
    expect(new TextDecoder().decode(await open[0]?.read(0, 5))).toBe('first');
    await put('b.csv', 'other');
    await rename(join(root, 'b.csv'), join(root, 'a.csv'));
    expect(new TextDecoder().decode(await open[0]?.read(0, 5))).toBe('first');
    expect(await codeOf(open[1]?.read(0, 5) ?? Promise.resolve())).toBe('file.failed');
    for (const file of open) await file.close();
  });

  it('give DuckDB their partition values by links, which go with them', async () => {
    await put('d/x.csv', 'a');
    const file = await files.open('d/x.csv', { partitions: ['a/b', null] });
    expect(file.engineName.slice(own.path.length)).toMatch(
      /^\/links\/[0-9a-f-]+\/sluice_partition_0=%61%2Fb\/sluice_partition_1=__HIVE_DEFAULT_PARTITION__\/x\.csv$/,
    );
    expect(await readFile(file.engineName, 'utf8')).toBe('a');
    await file.close();
    expect(await readdir(own.links)).toEqual([]);
  });
});

describe('a folder that is written', () => {
  it('is nowhere before its commit, and leaves nothing when it is given up', async () => {
    const made = await files.createFolder('deep/out', 'refuse');
    const file = await made.create('k=1/a.csv');
    await file.commit();
    expect(await listed('**')).toEqual([]);
    await made.abort();
    expect(await readdir(root)).toEqual([]);
  });

  it('is refused where there is one with files, also when it came meanwhile', async () => {
    await write('out', 'refuse', { a: '1' });
    expect(await codeOf(files.createFolder('out', 'refuse'))).toBe('file.exists');
    await mkdir(join(root, 'empty'));
    await write('empty', 'refuse', { a: '1' });
    const late = await files.createFolder('late', 'refuse');
    await (await late.create('b')).commit();
    await write('late', 'refuse', { a: '1' });
    expect(await codeOf(late.commit())).toBe('file.exists');
    expect(await all()).toEqual(['empty/a', 'late/a', 'out/a']);
  });

  it('replaces the one before whole', async () => {
    await write('out', 'refuse', { 'k=1/a': '1', b: '2' });
    await write('out', 'replace', { 'k=2/c': '3' });
    expect(await all()).toEqual(['out/k=2/c']);
    await write('out', 'replace', {});
    expect([await all(), await readdir(root)]).toEqual([[], ['out']]);
  });

  it('replaces one that others replace at the same time, never mixing them', async () => {
    await write('out', 'refuse', { start: '0' });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(names.map((name) => write('out', 'replace', { [`${name}/1`]: name, [`${name}/2`]: name })));
    const left = await all();
    const [first = ''] = left;
    expect(left).toEqual([`${first.slice(0, 5)}/1`, `${first.slice(0, 5)}/2`]);
  });

  it('that stepped aside for one that never came is put back', async () => {
    await write('out', 'refuse', { a: '1' });
    await rename(join(root, 'out'), join(root, '.out.0123456789ab.old'));
    expect(await listed('out')).toEqual(['out/a']);
    await rename(join(root, 'out'), join(root, '.out.0123456789ab.old'));
    expect(await codeOf(files.createFolder('out', 'refuse'))).toBe('file.exists');
  });

  it('removes what a dead writer had put aside', async () => {
    await write('out', 'refuse', { a: '1' });
    await put('.out.0123456789ab.old/x', 'aside');
    await put('.other.0123456789ab.old/x', 'of another folder');
    await write('out', 'replace', { b: '2' });
    expect(await all()).toEqual(['.other.0123456789ab.old/x', 'out/b']);
  });

  it('removes what was put aside also while another of them is just going', async () => {
    await put('.out.0123456789ab.old/x', 'aside');
    await symlink(join(root, 'gone'), join(root, '.out.ba9876543210.old'));
    await write('out', 'replace', { b: '2' });
    expect(await all()).toEqual(['.out.ba9876543210.old', 'out/b']);
  });

  it('is no folder with fewer partitions than there are: the disk took two of their names for one', async () => {
    const made = await files.createFolder('out', 'refuse');
    for (const path of ['a/1', 'a/2', 'b/1', 'c/1']) await (await made.create(path)).commit();
    expect(await codeOf(made.commit(4))).toBe('file.partition');
    expect(await all()).toEqual([]);
  });

  it('is refused outside of the data folder, and where a file is', async () => {
    expect(await codeOf(files.createFolder('../outside/x', 'replace'))).toBe('file.forbidden');
    expect(await codeOf(files.createFolder('.', 'replace'))).toBe('file.forbidden');
    await symlink(join(folder, 'outside'), join(root, 'link'));
    expect(await codeOf(files.createFolder('link', 'replace'))).toBe('file.forbidden');
    expect(await codeOf(files.createFolder('link/x', 'replace'))).toBe('file.forbidden');
    await put('file');
    expect(await codeOf(files.createFolder('file', 'replace'))).toBe('file.exists');
  });

  it('leaves the old one where the new one cannot take its place', async () => {
    await write('deep/out', 'refuse', { a: '1' });
    const made = await files.createFolder('deep/out', 'replace');
    await (await made.create('b')).commit();
    await chmod(join(root, 'deep'), 0o555);
    const code = await codeOf(made.commit()).finally(() => chmod(join(root, 'deep'), 0o755));
    // A user whom the system refuses nothing replaces it after all.
    expect([
      ['file.forbidden', 'deep/out/a'],
      ['none', 'deep/out/b'],
    ]).toContainEqual([code, (await all()).find((path) => path.startsWith('deep/out/'))]);
  });
});
