// What a destination may take the place of: plain files and folders, also behind links; never a device, a pipe, a link.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { load } from '../../shared/pipeline/load.ts';
import type { Platform } from '../../shared/platform.ts';
import { runPipeline } from '../../shared/run/run.ts';
import { openRelayPlatform } from './index.ts';

let folder: string;
let root: string;
/** A relay, which shares the data folder, and a command of the user's own. */
let relay: Platform;
let command: Platform;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-targets-')));
  root = join(folder, 'data');
  for (const name of ['data/store', 'outside', 'own']) await mkdir(join(folder, name), { recursive: true });
  relay = await openRelayPlatform({ directories: [root], temporary: join(folder, 'own') });
  command = await openRelayPlatform({ directories: 'everything', base: root, temporary: join(folder, 'own') });
});

afterEach(async () => {
  await relay.close();
  await command.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes `a` and 1, or fails in its rows. */
async function write(platform: Platform, location: string, more = '', query = 'SELECT 1 AS a'): Promise<string> {
  let code = 'succeeded';
  const document = `sources: []
stages: [[{ name: result, query: ${JSON.stringify(query)} }]]
destination: { type: file, name: out, location: ${JSON.stringify(location)}, format: { type: csv }${more} }
`;
  await runPipeline(load(document, {}), platform, {
    emit: (event) => {
      if (event.type === 'run_failed') code = event.issue.code;
    },
  });
  return code;
}

const failing = `SELECT error('stop') AS a`;
const modeOf = async (path: string): Promise<string> => ((await lstat(path)).mode & 0o777).toString(8);
const content = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

describe('a destination behind a link', () => {
  it('is the target of the link, which stays, also when there is nothing yet', async () => {
    await writeFile(join(root, 'store', 'real.csv'), 'old');
    await symlink('store/real.csv', join(root, 'link.csv'));
    await symlink('link.csv', join(root, 'second.csv'));
    await symlink('store/deep/new.csv', join(root, 'dangling.csv'));
    await symlink('nowhere', join(root, 'folder'));
    expect(await write(relay, 'second.csv')).toBe('succeeded');
    expect(await write(relay, 'dangling.csv')).toBe('succeeded');
    expect(await write(relay, 'folder/x.csv')).toBe('succeeded');
    expect(await readlink(join(root, 'link.csv'))).toBe('store/real.csv');
    expect(await readlink(join(root, 'second.csv'))).toBe('link.csv');
    for (const path of ['store/real.csv', 'store/deep/new.csv', 'nowhere/x.csv']) {
      expect(await content(path)).toBe('a\n1\n');
    }
  });

  it('is a folder that stays behind its link when it is replaced', async () => {
    await mkdir(join(root, 'store', 'out'));
    await writeFile(join(root, 'store', 'out', 'old.csv'), 'old');
    await symlink('store/out', join(root, 'out'));
    expect(await write(relay, 'out/')).toBe('file.exists');
    expect(await write(relay, 'out/', ', mode: replace')).toBe('succeeded');
    expect(await readlink(join(root, 'out'))).toBe('store/out');
    expect(await readdir(join(root, 'store', 'out'))).toEqual(['part-0.csv']);
    expect((await readdir(root)).sort()).toEqual(['out', 'store']);
  });

  it('is refused where it leads out of the data folders, to one of them, or in circles', async () => {
    await writeFile(join(folder, 'outside', 'secret.csv'), 'kept');
    const links = { 'out.csv': 'secret.csv', 'new.csv': 'none.csv', dir: '', deep: 'none/none' };
    for (const [name, target] of Object.entries(links)) {
      await symlink(join(folder, 'outside', target), join(root, name));
    }
    await symlink('.', join(root, 'self'));
    await symlink('circle', join(root, 'circle'));
    for (const location of ['out.csv', 'new.csv', 'dir/', 'dir/x.csv', 'deep/x.csv', 'self', 'self/']) {
      expect([location, await write(relay, location, ', mode: replace')]).toEqual([location, 'file.forbidden']);
    }
    expect(await write(relay, 'circle')).toBe('file.failed');
    expect(await readdir(join(folder, 'outside'))).toEqual(['secret.csv']);
    expect(await readFile(join(folder, 'outside', 'secret.csv'), 'utf8')).toBe('kept');
  });
});

describe('a destination that is a folder in which files may be used', () => {
  it.each(['.', './', 'store/..', 'ROOT', '/'])('is said to be one: %s (was said to lie outside)', async (given) => {
    const error: unknown = await command.files.create(given.replace('ROOT', root)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'file.forbidden',
      message: expect.stringContaining('is a folder') as string,
      issue: { hint: expect.stringContaining('ends with `/`') as string },
    });
  });

  it('is told of links in a circle in words (was ELOOP, without a hint)', async () => {
    await symlink('loop-b', join(root, 'loop-a'));
    await symlink('loop-a', join(root, 'loop-b'));
    for (const tried of [() => command.files.create('loop-a'), () => command.files.open('loop-a')]) {
      const error: unknown = await tried().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        message: expect.stringMatching(/^\w+ (?:up )?loop-a failed: symbolic links/) as string,
        issue: { hint: expect.any(String) as string },
      });
    }
  });
});

describe('a destination that is replaced', () => {
  it('keeps its mode and its owner; a new one gets what the umask leaves', async () => {
    const path = join(root, 'private.csv');
    await writeFile(path, 'old');
    await chmod(path, 0o600);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(path, 1234, 4321);
    expect(await write(relay, 'private.csv')).toBe('succeeded');
    expect([await modeOf(path), await content('private.csv')]).toEqual(['600', 'a\n1\n']);
    const { uid, gid } = await stat(path);
    expect([uid, gid]).toEqual(isRoot ? [1234, 4321] : [process.getuid?.(), process.getgid?.()]);
    expect(await write(relay, 'new.csv')).toBe('succeeded');
    await writeFile(join(root, 'usual.csv'), '');
    expect(await modeOf(join(root, 'new.csv'))).toBe(await modeOf(join(root, 'usual.csv')));
  });

  it('keeps the mode of a folder', async () => {
    await mkdir(join(root, 'out'));
    await chmod(join(root, 'out'), 0o750);
    expect(await write(relay, 'out/', ', mode: replace')).toBe('succeeded');
    expect(await modeOf(join(root, 'out'))).toBe('750');
  });

  it('is not readable by more people while it grows', async () => {
    await writeFile(join(root, 'private.csv'), 'old');
    await chmod(join(root, 'private.csv'), 0o600);
    const file = await relay.files.create('private.csv');
    expect(await modeOf(await file.engineName())).toBe('600');
    await file.abort();
  });

  it('is told before anything is computed when something else is in the way', async () => {
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'file.csv'), 'kept');
    for (const location of ['folder', 'file.csv/x.csv', 'file.csv/', 'file.csv/deep/']) {
      expect([location, await write(relay, location, '', failing)]).toEqual([location, 'file.exists']);
    }
  });
});

describe('a pipe or a device', () => {
  it('is refused by a relay, and stays what it is', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await symlink('/dev/null', join(root, 'null'));
    const server = createServer().listen(join(root, 'socket'));
    await once(server, 'listening');
    for (const location of ['pipe', 'socket']) expect(await write(relay, location)).toBe('file.forbidden');
    expect(await write(relay, 'null')).toBe('file.forbidden');
    expect(await write(relay, 'pipe/', ', mode: replace')).toBe('file.exists');
    expect(await write(command, 'socket')).toBe('file.forbidden');
    server.close();
    expect((await lstat(join(root, 'pipe'))).isFIFO()).toBe(true);
  });

  it('is written into by a command: all rows of a run that succeeds, none of one that fails', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await write(command, 'pipe', '', failing)).toBe('sql.failed');
    const reader = spawn('cat', [join(root, 'pipe')]);
    const read = text(reader.stdout);
    expect(await write(command, 'pipe', '', 'SELECT i AS a FROM range(200000) t(i)')).toBe('succeeded');
    const lines = (await read).split('\n');
    expect([lines.length, lines[0], lines[200000]]).toEqual([200002, 'a', '199999']);
    expect((await lstat(join(root, 'pipe'))).isFIFO()).toBe(true);
    expect(await readdir(root)).toEqual(['pipe', 'store']);
  });

  it('takes rows that nobody wants: /dev/null stays a device', async () => {
    expect(await write(command, '/dev/null')).toBe('succeeded');
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('that nobody reads is given up by a cancel', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const file = await command.files.create('pipe', { signal: AbortSignal.abort() });
    await file.write(new Uint8Array(1));
    const thrown: unknown = await file.commit().catch((reason: unknown) => reason);
    expect(thrown instanceof SluiceError && thrown.code).toBe('run.cancelled');
  });
});
