// The programs that Aqueducts itself publishes against ours, both ways. SLUICE_AQUEDUCTS and SLUICE_AQUEDUCTS_EXECUTOR name
// them (`cargo install aqueducts-cli aqueducts-executor`); what is not named is skipped, and told.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { openRelayPlatform } from '../../relay/platform/index.ts';
import { inFolder, sluice, start } from '../command/sluice.ts';
import { pipelineRunner } from '../relay/in-process-queue.ts';
import { startTestRelay, testKey } from '../relay/start-relay.ts';

const { SLUICE_AQUEDUCTS: command, SLUICE_AQUEDUCTS_EXECUTOR: executor } = process.env;

const document = (query: string): string => `version: v2
sources:
  - { type: file, name: numbers, format: { type: csv, options: {} }, location: "\${folder}/numbers.csv" }
stages:
  - - { name: doubled, query: "${query}", show: 10, print_schema: true, explain: true }
destination: { type: file, name: out, format: { type: csv, options: {} }, location: "\${folder}/out.csv" }
`;
const good = 'SELECT n, n * 2 AS twice FROM numbers ORDER BY n';
const numbers = 'n\n1\n2\n3\n';

describe.skipIf(command === undefined)('the stock command on our relay', () => {
  /** The command itself makes absolute addresses of relative ones. */
  const runStock = async (query: string, key: string) =>
    inFolder({ 'p.yml': document(query), 'numbers.csv': numbers }, async (folder) => {
      const open = () => openRelayPlatform({ directories: [folder] });
      await using relay = await startTestRelay({ keys: [testKey('ada')], run: pipelineRunner(open) });
      const target = ['--executor', relay.authority, '--api-key', key];
      const words = ['run', '-f', join(folder, 'p.yml'), '-p', `folder=${folder}`, ...target];
      const ended = await output(spawn(command ?? '', words, { stdio: 'pipe' }));
      return { ...ended, written: await readFile(join(folder, 'out.csv'), 'utf8').catch(() => undefined) };
    });

  it('runs a pipeline, shows its outputs and writes its file', async () => {
    const { code, text, written } = await runStock(good, 'ada-key');
    expect(code, text).toBe(0);
    expect(text).toContain('| n | twice |');
    expect(text).toContain('| 3 | 6     |');
    expect(written).toBe('n,twice\n1,2\n2,4\n3,6\n');
  });

  it('is told of a wrong key and of SQL that fails', async () => {
    const wrong = await runStock(good, 'eve-key');
    expect(wrong.code).not.toBe(0);
    expect(wrong.text).toMatch(/401|Unauthorized|Authentication/i);
    const failed = await runStock('SELECT missing FROM numbers', 'ada-key');
    expect(failed).toMatchObject({ written: undefined });
    expect(failed.code).not.toBe(0);
    expect(failed.text).toContain('missing');
  });
});

describe.skipIf(executor === undefined)('our command on the stock executor', () => {
  it('runs a pipeline, shows its outputs and writes its file', async () => {
    await withExecutor(async (address) => {
      await inFolder({ 'p.yml': document(good), 'numbers.csv': numbers }, async (cwd) => {
        const words = ['run', '-f', 'p.yml', '-p', `folder=${cwd}`, '--executor', address, '--api-key', 'ada-key'];
        const { code, stdout, stderr } = await sluice(words, { cwd });
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toContain('Pipeline execution completed');
        expect(stdout).toMatch(/3 *\| *6/);
        expect(await readFile(join(cwd, 'out.csv'), 'utf8')).toBe('n,twice\n1,2\n2,4\n3,6\n');
      });
    });
  });

  it('tells of a wrong key, of SQL that fails, and that there are no plans', async () => {
    await withExecutor(async (address) => {
      await inFolder({ 'p.yml': document('SELECT missing FROM numbers'), 'numbers.csv': numbers }, async (cwd) => {
        const words = ['-f', 'p.yml', '-p', `folder=${cwd}`, '--executor', address];
        const wrong = await sluice(['run', ...words, '--api-key', 'eve-key'], { cwd });
        expect(wrong.code).toBe(1);
        expect(wrong.stderr).toContain('error[key.invalid]');
        const failed = await sluice(['run', ...words, '--api-key', 'ada-key'], { cwd });
        expect(failed.code).toBe(1);
        expect(failed.stderr).toContain('error[executor.failed]');
        expect(failed.stderr).toContain('missing');
        const planned = await sluice(['plan', ...words, '--api-key', 'ada-key'], { cwd });
        expect(planned.code).toBe(1);
        expect(planned.stderr).toContain('makes no plans');
      });
    });
  });

  it('asks it to cancel, and tells that it does not confirm', async () => {
    await withExecutor(async (address) => {
      const many = 'SELECT sum(a.n * b.n * c.n) FROM numbers a, numbers b, numbers c';
      const rows = `n\n${Array.from({ length: 20_000 }, (_, n) => n).join('\n')}\n`;
      await inFolder({ 'p.yml': document(many), 'numbers.csv': rows }, async (cwd) => {
        const words = ['run', '-f', 'p.yml', '-p', `folder=${cwd}`, '--executor', address, '--api-key', 'ada-key'];
        const running = await start(words, { cwd });
        await running.until('numbers');
        running.child.kill('SIGINT');
        const { code, stderr } = await running.ended;
        expect(code).toBe(130);
        expect(stderr).toContain('does not confirm it');
      });
    });
  });
});

/** A stock executor of the test's own, killed after it: it may not be listening any more. */
async function withExecutor(task: (address: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const words = ['--host', '127.0.0.1', '--port', String(port), '--api-key', 'ada-key', '--max-memory', '2'];
  const child = spawn(executor ?? '', words, { stdio: 'pipe' });
  const ended = once(child, 'exit');
  try {
    await listening(child);
    await task(`127.0.0.1:${port}`);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** Resolves when it says so. */
async function listening(child: ChildProcess): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (data: Buffer): void => {
      text += data.toString();
      if (/listening|started/i.test(text)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`The executor ended: ${text}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function output(child: ChildProcess): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  child.stdout?.on('data', (data: Buffer) => (text += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (text += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, text };
}
