// `sluice serve` from its settings on.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { checkPrivateFiles } from './private-files.ts';
import { runRelay } from './relay.ts';
import { readSettings } from './settings.ts';

describe('runRelay', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.com'])('does not listen on %s without a key', async (host) => {
    await expect(runRelay(readSettings({ host, port: '0' }, {}), {})).rejects.toMatchObject({ code: 'command.usage' });
  });

  it('says what is wrong with a keys file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-serve-'));
    const keysFile = join(folder, 'keys.yml');
    await writeFile(keysFile, 'keys: [{ name: a }]');
    await expect(runRelay(readSettings({ keysFile, port: '0' }, {}), {})).rejects.toThrow('keys.0.sha256');
    await rm(folder, { recursive: true });
  });

  it('does not start where a run could reach its state, its keys or its secrets, through a link neither', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-serve-'));
    const [data, apart] = [join(folder, 'data'), join(folder, 'apart')];
    await mkdir(data);
    await mkdir(apart);
    await symlink(data, join(apart, 'link'));
    await writeFile(join(data, 'secrets.yml'), '{}');
    await writeFile(join(apart, 'further.yml'), 'TOKEN: { file: link/secrets.yml }');
    const start = (flags: object) => runRelay(readSettings({ dataDir: [data], port: '0', ...flags }, {}), {});
    const refused = { code: 'command.usage', message: expect.stringContaining('lies in a data folder') as string };
    await expect(start({ stateDir: join(data, 'state') })).rejects.toMatchObject(refused);
    await expect(start({ stateDir: join(apart, 'link', 'state') })).rejects.toMatchObject(refused);
    await expect(start({ secretsFile: join(data, 'secrets.yml') })).rejects.toMatchObject(refused);
    await expect(start({ secretsFile: join(apart, 'further.yml') })).rejects.toMatchObject(refused);
    await expect(start({ dataDir: [join(folder, 'missing')] })).rejects.toMatchObject({ code: 'file.not_found' });
    await rm(folder, { recursive: true });
  });

  it.skipIf(process.platform === 'win32')('tells of keys and secrets that other users may read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-serve-'));
    const [keysFile, secretsFile] = [join(folder, 'keys.yml'), join(folder, 'secrets.yml')];
    await writeFile(keysFile, '', { mode: 0o640 });
    await writeFile(secretsFile, '', { mode: 0o600 });
    const warnings = await checkPrivateFiles([keysFile, secretsFile], []);
    expect(warnings).toEqual([
      `Other users of this machine may read ${keysFile}, which holds keys or secrets: chmod 600 keeps them out.`,
    ]);
    await rm(folder, { recursive: true });
  });
});
