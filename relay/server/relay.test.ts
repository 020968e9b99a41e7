// `sluice serve` from its settings on.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
});
