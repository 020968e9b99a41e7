import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import type { Platform } from '../../shared/platform.ts';
import { openRelayPlatform, type RelayPlatformOptions } from './index.ts';

let folder: string;
let opened: Platform[] = [];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-folders-')));
  for (const name of ['one', 'one/deep', 'two', 'two-more', 'base', '[odd]*']) {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'a.csv'), name);
  }
  await symlink(join(folder, 'two'), join(folder, 'link'));
});

afterEach(async () => {
  for (const platform of opened) await platform.close();
  opened = [];
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<RelayPlatformOptions>): Promise<Platform> {
  const platform = await openRelayPlatform({ directories: [], temporary: folder, ...options });
  opened.push(platform);
  return platform;
}

/** What a location is called and what is in it; the error's code where it cannot be opened. */
async function look({ files }: Platform, location: string): Promise<string> {
  try {
    const file = await files.open(location);
    const text = new TextDecoder().decode(await file.read(0, 100));
    await file.close();
    return `${file.location.replaceAll(folder, 'HERE')}: ${text}`;
  } catch (thrown) {
    return thrown instanceof SluiceError ? thrown.code : String(thrown);
  }
}

const listed = async ({ files }: Platform, location: string): Promise<string[]> =>
  (await files.list(location)).map((found) => `${found.location.replaceAll(folder, 'HERE')} ${found.below}`);

describe('several folders', () => {
  it('start relative locations in the first, and know the others by their paths', async () => {
    const platform = await open({ directories: [join(folder, 'one'), join(folder, 'two')] });
    expect(await look(platform, 'a.csv')).toBe('a.csv: one');
    expect(await look(platform, join(folder, 'one', 'deep', '..', 'deep', 'a.csv'))).toBe('deep/a.csv: one/deep');
    expect(await look(platform, join(folder, 'two', 'a.csv'))).toBe('HERE/two/a.csv: two');
    expect(await look(platform, pathToFileURL(join(folder, 'two', 'a.csv')).href)).toBe('HERE/two/a.csv: two');
    expect(await look(platform, '../two/a.csv')).toBe('HERE/two/a.csv: two');
    expect(await look(platform, join(folder, 'two-more', 'a.csv'))).toBe('file.forbidden');
    expect(await look(platform, '../base/a.csv')).toBe('file.forbidden');
  });

  it('are known by the links that lead to them as well', async () => {
    const platform = await open({ directories: [join(folder, 'one'), join(folder, 'link')] });
    expect(await look(platform, join(folder, 'link', 'a.csv'))).toBe('HERE/link/a.csv: two');
    expect(await look(platform, join(folder, 'two', 'a.csv'))).toBe('HERE/two/a.csv: two');
  });

  it('are listed and written under names that open', async () => {
    const platform = await open({ directories: [join(folder, 'one'), join(folder, '[odd]*')] });
    expect(await listed(platform, '.')).toEqual(['a.csv a.csv', 'deep/a.csv deep/a.csv']);
    expect(await listed(platform, join(folder, '[odd]*'))).toEqual(['HERE/[odd]*/a.csv a.csv']);
    expect(await listed(platform, join(folder, '[odd]*', '*.csv'))).toEqual(['HERE/[odd]*/a.csv a.csv']);
    const file = await platform.files.create(join(folder, '[odd]*', 'new', 'b.csv'));
    await file.write(new TextEncoder().encode('new'));
    await file.commit();
    expect(await look(platform, join(folder, '[odd]*', 'new', 'b.csv'))).toBe('HERE/[odd]*/new/b.csv: new');
  });

  it('cannot be replaced or removed themselves', async () => {
    const platform = await open({ directories: [join(folder, 'one'), join(folder, 'one', 'deep')] });
    for (const location of ['.', '', 'deep', join(folder, 'one')]) {
      await expect(platform.files.createFolder(location, 'replace')).rejects.toMatchObject({ code: 'file.forbidden' });
      await expect(platform.files.remove(location)).rejects.toMatchObject({ code: 'file.forbidden' });
    }
  });

  it('are those that DuckDB reads', async () => {
    const { engine } = await open({ directories: [join(folder, 'one'), join(folder, 'two')] });
    for (const name of ['one', 'two']) {
      await expect(engine.describe(`FROM read_text('${folder}/${name}/a.csv')`)).resolves.toHaveLength(4);
    }
    await expect(engine.describe(`FROM read_text('${folder}/two-more/a.csv')`)).rejects.toMatchObject({
      code: 'file.forbidden',
    });
  });

  it('must be folders', async () => {
    for (const name of ['nowhere', 'one/a.csv']) {
      const options = { directories: [join(folder, name)], temporary: folder };
      await expect(openRelayPlatform(options)).rejects.toMatchObject({ code: 'file.not_found' });
    }
  });
});

it('private folders cannot lie in a data folder', async () => {
  const options = { directories: [folder], temporary: join(folder, 'base') };
  await expect(openRelayPlatform(options)).rejects.toMatchObject({ code: 'command.usage' });
});

describe('a base', () => {
  it('is where relative locations start, and shares nothing by itself', async () => {
    const platform = await open({ directories: [join(folder, 'two')], base: folder });
    expect(await look(platform, 'two/a.csv')).toBe('two/a.csv: two');
    expect(await look(platform, 'base/a.csv')).toBe('file.forbidden');
    expect(await look(platform, 'two-more/a.csv')).toBe('file.forbidden');
    await expect(platform.files.list('*/a.csv')).rejects.toMatchObject({ code: 'file.forbidden' });
    expect(await listed(platform, 'two/*')).toEqual(['two/a.csv a.csv']);
  });
});

describe('everything', () => {
  it('is what a command line works on, from its folder', async () => {
    const platform = await open({ directories: 'everything', base: join(folder, 'one') });
    expect(await look(platform, 'a.csv')).toBe('a.csv: one');
    expect(await look(platform, '../two/a.csv')).toBe('HERE/two/a.csv: two');
    expect(await look(platform, join(folder, 'link', 'a.csv'))).toBe('HERE/link/a.csv: two');
    expect(await listed(platform, '../tw*/*.csv')).toEqual([
      'HERE/two-more/a.csv two-more/a.csv',
      'HERE/two/a.csv two/a.csv',
    ]);
    await expect(platform.engine.describe(`FROM read_text('${folder}/base/a.csv')`)).resolves.toHaveLength(4);
    const file = await platform.files.create('../base/new.csv');
    await file.commit();
    expect(await look(platform, '../base/new.csv')).toBe('HERE/base/new.csv: ');
  });
});

it('what DuckDB may spill is limited as it is told', async () => {
  const { engine } = await open({ maxTemporarySize: '1MB', memoryLimit: '100MB' });
  const sorted = engine.execute('CREATE TABLE t AS SELECT i, md5(i::VARCHAR) AS m FROM range(5000000) r(i) ORDER BY m');
  await expect(sorted).rejects.toMatchObject({ code: 'engine.out_of_memory' });
});
