import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { explainDisk } from './disk-errors.ts';
import { DataFolders } from './data-folders.ts';
import { DiskFiles } from './files.ts';
import { PrivateFolder } from './private-folder.ts';

let folder: string;
let root: string;
let own: PrivateFolder;
let files: DiskFiles;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-files-')));
  root = join(folder, 'data');
  for (const name of ['data', 'outside']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'outside', 'secret.txt'), 'secret');
  await writeFile(join(root, 'a.txt'), 'inside');
  own = await PrivateFolder.open(folder);
  files = new DiskFiles(await DataFolders.open({ directories: [root] }), own);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await work.catch((reason: unknown) => reason);
  return thrown instanceof SluiceError ? thrown.code : 'none';
};

const written = async (): Promise<string[]> => (await readdir(root, { recursive: true })).sort();

describe('locations', () => {
  it('may be absolute or a file address, below the data folder', async () => {
    for (const location of [join(root, 'a.txt'), pathToFileURL(join(root, 'a.txt')).href, './a.txt']) {
      const file = await files.open(location);
      expect([file.location, new TextDecoder().decode(await file.read(0, 10))]).toEqual(['a.txt', 'inside']);
      await file.close();
    }
  });

  it.each([
    'OUT/secret.txt',
    'file://OUT/secret.txt',
    '../outside/secret.txt',
    'x/../../outside/secret.txt',
    'a\0.txt',
    '',
  ])('forbidden: %s', async (location) => {
    const place = location.replace('OUT', join(folder, 'outside'));
    expect(await codeOf(files.open(place))).toBe('file.forbidden');
    expect(await codeOf(files.create(place))).toBe('file.forbidden');
    expect(await codeOf(files.remove(place))).toBe('file.forbidden');
  });

  it('forbidden: a folder whose name only begins like the data folder', async () => {
    await mkdir(`${root}-more`);
    await writeFile(join(`${root}-more`, 'b.txt'), 'b');
    expect(await codeOf(files.open('../data-more/b.txt'))).toBe('file.forbidden');
  });

  it.each(['s3://bucket/a.csv', 'ftp://example.com/a.csv'])('not yet: %s', async (location) => {
    expect(await codeOf(files.open(location))).toBe('document.unsupported');
  });
});

describe('symbolic links', () => {
  it('that lead out are refused, also on the way to a new file', async () => {
    await symlink(join(folder, 'outside', 'secret.txt'), join(root, 'link.txt'));
    await symlink(join(folder, 'outside'), join(root, 'link'));
    expect(await codeOf(files.open('link.txt'))).toBe('file.forbidden');
    expect(await codeOf(files.open('link/secret.txt'))).toBe('file.forbidden');
    expect(await codeOf(files.create('link/new.txt'))).toBe('file.forbidden');
    expect(await codeOf(files.create('link/deep/new.txt'))).toBe('file.forbidden');
    expect(await codeOf(files.remove('link/secret.txt'))).toBe('file.forbidden');
    expect(await readdir(join(folder, 'outside'))).toEqual(['secret.txt']);
  });

  it('that stay inside are followed', async () => {
    await symlink(join(root, 'a.txt'), join(root, 'b.txt'));
    const file = await files.open('b.txt');
    expect(file.size).toBe(6);
    await file.close();
  });
});

describe('names that DuckDB would take for patterns', () => {
  it('are read through a link, which goes when the file is closed', async () => {
    await writeFile(join(root, 'a[1].txt'), 'x');
    const file = await files.open('a[1].txt');
    expect(file.engineName).not.toContain('[');
    expect(await readFile(file.engineName, 'utf8')).toBe('x');
    await file.close();
    expect(await readdir(own.links)).toEqual([]);
  });
});

describe('a new file', () => {
  it('is a hidden part until it is whole', async () => {
    const file = await files.create('new/out.txt');
    await file.write(new Uint8Array(3));
    expect((await written()).at(-1)).toMatch(/^new\/\.out\.txt\.[0-9a-f]+\.part$/);
    expect(await file.commit()).toBe(3);
    expect(await written()).toEqual(['a.txt', 'new', 'new/out.txt']);
  });

  it('that is given up takes along the folders made for it, but nobody else’s', async () => {
    await mkdir(join(root, 'kept'));
    const first = await files.create('kept/x/y/out.txt');
    const second = await files.create('kept/x/other.txt');
    await first.abort();
    await second.write(new Uint8Array(1));
    await second.commit();
    expect(await written()).toEqual(['a.txt', 'kept', 'kept/x', 'kept/x/other.txt']);
  });

  it('cannot take the place of a folder, and leaves nothing', async () => {
    await mkdir(join(root, 'folder', 'full'), { recursive: true });
    expect(await codeOf(files.create('folder'))).toBe('file.exists');
    const file = await files.create('later');
    await file.write(new Uint8Array(1));
    await mkdir(join(root, 'later'));
    expect(await codeOf(file.commit())).toBe('file.exists');
    expect(await written()).toEqual(['a.txt', 'folder', 'folder/full', 'later']);
  });

  it('may have a name as long as the disk allows', async () => {
    const name = `${'ü'.repeat(125)}.txt`;
    const file = await files.create(name);
    await file.commit();
    expect(await written()).toEqual(['a.txt', name]);
  });

  it('cannot be written below a file', async () => {
    for (const path of ['a.txt/out.txt', 'a.txt/deep/out.txt'])
      expect(await codeOf(files.create(path))).toBe('file.exists');
    expect(await codeOf(files.createFolder('a.txt/out', 'replace'))).toBe('file.exists');
  });

  it('is of no use once it is committed', async () => {
    const file = await files.create('out.txt');
    await file.commit();
    expect(await codeOf(file.write(new Uint8Array(1)))).toBe('internal');
    expect(await codeOf(file.commit())).toBe('internal');
  });
});

describe('what the disk says', () => {
  it.each([
    ['ENOSPC', 'storage.full'],
    ['EDQUOT', 'storage.full'],
    ['EACCES', 'file.forbidden'],
    ['EIO', 'file.failed'],
  ])('%s is %s', (code, expected) => {
    const thrown = Object.assign(new Error(`${code}: it went wrong`), { code });
    expect(explainDisk(thrown, 'Writing a.txt').code).toBe(expected);
  });

  it('is told without the paths of the machine', async () => {
    const thrown: unknown = await rename(folder, join(folder, 'below')).catch((reason: unknown) => reason);
    expect(explainDisk(thrown, 'Writing a.txt').message).toMatch(/^Writing a\.txt failed: EINVAL: [a-z ]+\.$/);
  });
});
