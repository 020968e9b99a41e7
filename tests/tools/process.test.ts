// Programs that the scripts run leave nothing behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { run } from '../../scripts/process.mjs';

describe('run', () => {
  it('answers the code and, when quiet, everything that was printed', async () => {
    const code = `process.stdout.write('out '); process.stderr.write(process.env.SLUICE_WORD); process.exitCode = 3`;
    const result = await run(process.execPath, ['-e', code], { quiet: true, env: { SLUICE_WORD: 'err' } });
    expect(result).toMatchObject({ code: 3, output: 'out err' });
  });

  it('answers 127 for a program that is not there', async () => {
    const result = await run('no-such-program-anywhere', [], { quiet: true });
    expect(result.code).toBe(127);
    expect(result.output).toContain('no-such-program-anywhere');
  });

  it.runIf(process.platform !== 'win32')('passes a signal on to the program and to what that started', async () => {
    // parent (run) → child → grandchild, which says that it is there and then waits for ever
    const waiting = `process.stdout.write('ready'); setInterval(() => undefined, 1000)`;
    const child = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(waiting)}], { stdio: 'inherit' })`;
    const parent = `import { run } from './scripts/process.mjs'; await run(process.execPath, ['-e', ${JSON.stringify(child)}])`;
    const program = spawn(process.execPath, ['--input-type=module', '-e', parent], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(program.stdout, 'data');

    // `close` comes when nobody holds the output any more, the grandchild included
    const closed = once(program, 'close');
    program.kill('SIGTERM');
    expect(await closed).toEqual([128 + 15, null]);
  });
});
