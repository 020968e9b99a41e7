import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyCommand, serveCommand } from './command.ts';
import { flags } from './flags.ts';
import { readSettings } from './settings.ts';

describe('readSettings', () => {
  it('has safe defaults', () => {
    expect(readSettings({}, { XDG_STATE_HOME: '/state' })).toEqual({
      ...{ host: '127.0.0.1', port: 3031, apiKeys: [], keysFile: undefined, secretsFile: undefined, directories: [] },
      ...{
        allowHosts: [],
        allowOrigins: [],
        maxConcurrentRuns: 1,
        maxStateBytes: 20e9,
        maxQueuedRuns: 100,
        timeLimitMs: 86_400_000,
      },
      ...{ memoryLimit: undefined, threads: undefined, maxTemporarySize: '50GB', drainMs: 30_000 },
      ...{ stateDirectory: '/state/sluice/127.0.0.1-3031', mostConnections: 4096, logLevel: 'info', notices: [] },
      retention: { maxRuns: 1000, maxAgeMs: 30 * 86_400_000 },
      relay: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('takes the environment, and the command line before it', () => {
    expect(readSettings({}, { PORT: '4000', HOST: '::1' })).toMatchObject({ host: '::1', port: 4000 });
    expect(readSettings({}, { PORT: '1', AQUEDUCTS_PORT: '2', SLUICE_PORT: '3' }).port).toBe(3);
    expect(readSettings({ port: '0', host: 'localhost' }, { PORT: '4000' })).toMatchObject({
      host: 'localhost',
      port: 0,
    });
  });

  it('takes all that the executor of Aqueducts takes', () => {
    const settings = readSettings(
      {},
      {
        AQUEDUCTS_API_KEY: 'abc',
        AQUEDUCTS_HOST: '0.0.0.0',
        AQUEDUCTS_MAX_MEMORY: '4',
        AQUEDUCTS_SERVER_URL: 'https://relay.example/path',
        AQUEDUCTS_EXECUTOR_ID: 'me',
        AQUEDUCTS_LOG_LEVEL: 'DEBUG',
      },
    );
    expect(settings).toMatchObject({
      ...{ apiKeys: [{ name: 'default', key: 'abc' }], host: '0.0.0.0', memoryLimit: '3891MiB', relay: 'me' },
      ...{ allowOrigins: ['https://relay.example'], logLevel: 'debug' },
    });
    expect(readSettings({}, { RUST_LOG: 'warn,hyper=off' }).logLevel).toBe('warn');
    const unlimited = readSettings({ maxMemory: '0' }, {});
    expect([unlimited.memoryLimit, unlimited.notices.length]).toEqual([undefined, 1]);
  });

  it('takes several values', () => {
    const settings = readSettings(
      { dataDir: ['a', 'b'] },
      { SLUICE_ALLOW_HOST: 'x:1, y', SLUICE_API_KEY_Nightly: 'k' },
    );
    expect(settings).toMatchObject({
      ...{ directories: [resolve('a'), resolve('b')], allowHosts: ['x:1', 'y'] },
      apiKeys: [{ name: 'nightly', key: 'k' }],
    });
  });

  it.each([
    [{ port: 'x' }, '"x"'],
    [{ port: '65536' }, '65535'],
    [{ maxMemory: '1.5' }, '--max-memory'],
    [{ maxConcurrentRuns: '0' }, '--max-concurrent-runs'],
    [{ timeLimit: 'long' }, '--time-limit'],
    [{ maxTempSize: '10' }, '--max-temp-size'],
    [{ allowOrigin: ['*'] }, '--allow-origin'],
    [{ allowOrigin: ['null'] }, '--allow-origin'],
    [{ apiKey: ' ' }, 'API key cannot be empty'],
  ])('refuses %j', (given, told) => {
    expect(() => readSettings(given, {})).toThrow(told);
  });

  it('does not take an empty key in the environment for none', () => {
    expect(() => readSettings({}, { AQUEDUCTS_API_KEY: '' })).toThrow('API key cannot be empty');
  });
});

describe('sluice serve', () => {
  it('tells every flag with its default and its variables', () => {
    const help = serveCommand().configureHelp({ helpWidth: 1000 }).helpInformation();
    for (const { flag, environment, default: fallback } of Object.values(flags)) {
      expect(help).toContain(flag);
      expect(help).toContain(`(default: ${fallback}; env: ${environment.join(', ')})`);
    }
  });

  it('listens to its own machine only without a key', async () => {
    const command = serveCommand().exitOverride();
    await expect(command.parseAsync(['--host', '0.0.0.0', '--port', '0'], { from: 'user' })).rejects.toThrow(
      'Without a key the relay listens to its own machine only, not to 0.0.0.0.',
    );
  });

  it('has a command beside it that makes keys', async () => {
    const command = keyCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    await expect(command.parseAsync(['a b'], { from: 'user' })).rejects.toThrow('A name is');
    await expect(keyCommand().parseAsync(['a', '--expires', 'soon'], { from: 'user' })).rejects.toThrow('--expires');
  });
});
