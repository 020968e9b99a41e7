// `sluice run --executor` and `sluice cancel` against executors that behave as stock Aqueducts ones do.
import { pathToFileURL } from 'node:url';
import { realpath } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { startExecutor, type ExecutorOptions, type Peer } from '../../../tests/command/executors.ts';
import { inFolder, jsonLines, sluice, start } from '../../../tests/command/sluice.ts';

const id = '6f1c0c0e-0000-4000-8000-00000000000a';
const document = `version: v2
sources:
  - { type: file, name: s, location: ./in.csv, format: { type: csv, options: {} } }
stages:
  - - { name: a, query: "SELECT 9007199254740993 AS n FROM s WHERE x = '\${x}'" }
`;
const env = { SLUICE_API_KEY: 'sesame' };

async function withExecutor<T>(
  serve: ExecutorOptions['serve'],
  task: (address: string) => Promise<T>,
  key = 'sesame',
): Promise<T> {
  const executor = await startExecutor({ isRelay: false, key, serve });
  try {
    return await task(executor.address);
  } finally {
    await executor.close();
  }
}

const progress = (percent: number, event: object): object => ({
  ...{ type: 'progress_update', execution_id: id, progress: percent, event },
});
const output = (payload: object, stage = 'a'): object => ({
  ...{ type: 'stage_output', execution_id: id, stage_name: stage, payload },
});
const header = `\n📋 Table Data: a\n${'─'.repeat(39)}\n`;

/** What the official client is sent, in the order of a stock executor: no response to the request. */
async function succeed({ say }: Peer): Promise<void> {
  await say({ type: 'queue_position', execution_id: id, position: 0 });
  await say(progress(25, { type: 'started' }));
  await say(progress(50, { type: 'source_registered', name: 's' }));
  await say(progress(75, { type: 'stage_started', name: 'a', position: 0, sub_position: 0 }));
  await say(output({ type: 'output_start', output_header: header }));
  await say(output({ type: 'output_chunk', sequence: 0, body: '+---+\n| n |' }));
  await say(output({ type: 'output_end', output_footer: '' }));
  await say(progress(100, { type: 'stage_completed', name: 'a', position: 0, sub_position: 0, duration_ms: 120 }));
  await say(progress(133, { type: 'completed', duration_ms: 340 }));
  await say({ type: 'execution_succeeded', execution_id: id });
}

describe('a run on an Aqueducts executor', () => {
  it('sends the canonical document with client-resolved locations, and prints what the official client prints', async () => {
    let sent: Record<string, unknown> = {};
    let raw = '';
    await inFolder({ 'p.yml': document }, async (cwd) => {
      await withExecutor(
        async (peer) => {
          peer.socket.once('message', (data: Buffer) => (raw = data.toString('utf8')));
          sent = await peer.hear();
          expect(peer.request.headers['x-api-key']).toBe('sesame');
          await succeed(peer);
        },
        async (address) => {
          const words = ['run', '-f', 'p.yml', '-p', "x=it's", '--executor', address];
          const { code, stdout, stderr } = await sluice(words, { cwd, env });
          expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
          const lines = stdout.split('\n');
          expect(lines).toContain('⏳ Pipeline is queued for execution (position: 0)');
          expect(lines).toContain('📚 Registered source: s');
          expect(lines).toContain('✅ Completed stage: a (took: 0.12s)');
          expect(lines).toContain('🎉 Pipeline execution completed (total time: 0.34s)');
          expect(stdout).toContain(`${header}+---+\n| n |\n`);
        },
      );
      expect(sent['type']).toBe('execution_request');
      const { sources } = sent['pipeline'] as { sources: { location: string }[] };
      expect(sources[0]?.location).toBe(pathToFileURL(`${await realpath(cwd)}/in.csv`).href);
    });
    expect(raw).toContain("x = 'it''s'");
    expect(raw).toContain('9007199254740993');
  });

  it('puts late, doubled and unordered messages together, and never tells more than 100 %', async () => {
    const full = '🦆'.repeat(31_999) + '\n';
    const stock: ExecutorOptions['serve'] = async ({ hear, say }) => {
      await hear();
      await say(output({ type: 'output_chunk', sequence: 1, body: 'end of a' }));
      await say(output({ type: 'output_end', output_footer: '' }, 'b'));
      await say(progress(255, { type: 'started' }));
      await say(progress(33, { type: 'source_registered', name: 's' }));
      await say({ type: 'execution_succeeded', execution_id: id });
      await say(output({ type: 'output_end', output_footer: '' }));
      await say(output({ type: 'output_chunk', sequence: 0, body: 'all of b' }, 'b'));
      await say(output({ type: 'output_start', output_header: 'B\n' }, 'b'));
      await say(output({ type: 'output_start', output_header: header }));
      await say(output({ type: 'output_chunk', sequence: 0, body: full }));
    };
    await withExecutor(stock, async (address) => {
      const words = ['run', '-f', '-', '-p', 'x=1', '--executor', `http://${address}/`, '--output', 'json'];
      const { code, stdout } = await sluice(words, { env, input: document });
      expect(code).toBe(0);
      const lines = jsonLines(stdout);
      const told = lines.filter(({ type }) => type === 'executor_progress').map((line) => line['progress']);
      expect(told).toEqual([100, 100]);
      const shown = lines.filter(({ type }) => type === 'executor_output');
      expect(shown.map(({ name, complete }) => ({ name, complete }))).toEqual([
        { name: 'b', complete: true },
        { name: 'a', complete: true },
      ]);
      expect(shown[0]?.['text']).toBe('all of b');
      expect(shown[1]?.['text'] === `${full}end of a`).toBe(true);
      expect(lines.at(-1)?.['type']).toBe('run_completed');
    });
  });

  it('fails with the message of the executor', async () => {
    const stock: ExecutorOptions['serve'] = async ({ hear, say }) => {
      await hear();
      const message = "Failed to execute stage 'a': no \u001b[31mmemory";
      await say({ type: 'execution_error', execution_id: id, message });
    };
    await withExecutor(stock, async (address) => {
      const words = ['run', '-f', '-', '-p', 'x=1', '--executor', `ws://${address}`];
      const { code, stderr } = await sluice(words, { env, input: document });
      expect(code).toBe(1);
      expect(stderr).toContain('error[executor.failed]');
      expect(stderr).toContain("Pipeline execution failed: Failed to execute stage 'a': no \u{FFFD}[31mmemory");
    });
  });

  it('fails when the executor goes away', async () => {
    const stock: ExecutorOptions['serve'] = async ({ hear, socket }) => {
      await hear();
      socket.terminate();
    };
    await withExecutor(stock, async (address) => {
      const { code, stderr } = await sluice(['run', '-f', '-', '-p', 'x=1', '--executor', address], {
        env,
        input: document,
      });
      expect(code).toBe(1);
      expect(stderr).toContain('error[relay.lost]');
    });
  });

  it('Ctrl+C asks it to cancel, also before an id is known', async () => {
    let asked: unknown;
    let request: () => void = () => undefined;
    const requested = new Promise<void>((resolve) => (request = resolve));
    let interrupt: () => void = () => undefined;
    const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
    const executor: ExecutorOptions['serve'] = async ({ hear, say }) => {
      await hear();
      request();
      await interrupted;
      await say({ type: 'execution_response', execution_id: id });
      asked = await hear();
      await say({ type: 'cancel_response', execution_id: id });
    };
    await withExecutor(executor, async (address) => {
      const running = await start(['run', '-f', '-', '-p', 'x=1', '--executor', address], { env, input: document });
      await requested;
      running.child.kill('SIGINT');
      await running.until('Stopping');
      interrupt();
      expect(await running.ended).toMatchObject({ code: 130 });
      expect(asked).toEqual({ type: 'cancel_request', execution_id: id });
    });
  });

  it('Ctrl+C does not wait for the answer that stock executors never give', async () => {
    const stock: ExecutorOptions['serve'] = async ({ hear, say }) => {
      await hear();
      await say({ type: 'queue_position', execution_id: id, position: 3 });
    };
    await withExecutor(stock, async (address) => {
      const running = await start(['run', '-f', '-', '-p', 'x=1', '--executor', address], { env, input: document });
      await running.until('position: 3');
      running.child.kill('SIGINT');
      const { code, stderr } = await running.ended;
      expect(code).toBe(130);
      expect(stderr).toContain('does not confirm');
    });
  });
});

describe('what keeps a run from a relay', () => {
  const words = ['run', '-f', '-', '-p', 'x=1', '--executor'];
  const never: ExecutorOptions['serve'] = () => Promise.reject(new Error('Nobody may connect.'));

  it('no key, a wrong key', async () => {
    await withExecutor(never, async (address) => {
      const without = await sluice([...words, address], { input: document });
      expect(without).toMatchObject({ code: 1, stdout: '' });
      expect(without.stderr).toContain('API key is required for remote execution');
      const wrong = await sluice([...words, address, '--api-key', 'canary'], { input: document });
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toContain('Authentication failed');
      expect(wrong.stderr).not.toContain('canary');
    });
  });

  it('nobody there, no address, a key in the address', async () => {
    const gone = await startExecutor({ isRelay: true, serve: never });
    await gone.close();
    for (const [address, told, exitCode] of [
      [gone.address, 'error[relay.unreachable]', 1],
      ['ftp://relay', 'is no address of a relay', 2],
      ['http://me:canary@relay:1/', 'Keys travel in a header', 2],
      ['http://relay:1/?key=canary', 'Keys travel in a header', 2],
    ] as const) {
      const { code, stderr } = await sluice([...words, address], { env, input: document });
      expect(code).toBe(exitCode);
      expect(stderr).toContain(told);
      expect(stderr).not.toContain('canary');
    }
  });

  it('a document that is wrong is not sent', async () => {
    await withExecutor(never, async (address) => {
      const { code, stderr } = await sluice(['run', '-f', '-', '--executor', address], { env, input: document });
      expect(code).toBe(1);
      expect(stderr).toContain('error[parameter.missing]');
    });
  });
});

describe('sluice cancel', () => {
  it('sends the id in the spelling of the protocol and waits for the answer', async () => {
    const executor: ExecutorOptions['serve'] = async ({ hear, say }) => {
      expect(await hear()).toEqual({ type: 'cancel_request', execution_id: id });
      await say({ type: 'cancel_response', execution_id: id });
    };
    await withExecutor(executor, async (address) => {
      const spelled = `{${id.toUpperCase()}}`;
      const words = ['cancel', '-e', spelled, '--executor', address, '--api-key', 'sesame'];
      expect(await sluice(words)).toEqual({ code: 0, stdout: `Cancelled ${id}\n`, stderr: '' });
    });
  });

  it.each([
    [
      ['cancel', '-e', 'nonsense', '--executor', 'x:1', '--api-key', 'k'],
      1,
      'Invalid execution ID: nonsense. Must be a valid UUID.',
    ],
    [['cancel', '-e', id], 2, "required option '--executor <address>' not specified"],
    [['cancel', '--executor', 'x:1'], 2, "required option '-e, --execution-id <uuid>' not specified"],
  ])('%j', async (words, code, told) => {
    const ended = await sluice(words);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(told);
  });
});
