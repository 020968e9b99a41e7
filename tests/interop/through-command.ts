// Documents through the command: `sluice run --output json` as a process of its own, in the data folder.
import process from 'node:process';
import { createInterface } from 'node:readline';
import { isTerminal, type RunEvent } from '../../shared/protocol/events.ts';
import { start } from '../command/sluice.ts';
import type { Elsewhere } from '../contract/relay.ts';

export const throughCommand: Elsewhere =
  (cwd, { memoryLimit }) =>
  async (input, { parameters = {}, signal, onEvent }) => {
    const values = Object.entries(parameters).flatMap(([name, value]) => ['-p', `${name}=${value}`]);
    const limits = memoryLimit === undefined ? [] : ['--memory-limit', memoryLimit];
    const running = await start(['run', '-f', '-', '--output', 'json', ...values, ...limits], { cwd, input });
    const stop = (): void => void running.child.kill('SIGINT');
    signal?.addEventListener('abort', stop, { once: true });
    // what a test has given up must not go on
    process.once('exit', stop);
    const events: RunEvent[] = [];
    for await (const line of createInterface({ input: running.child.stdout })) {
      const event = JSON.parse(line) as RunEvent;
      events.push(event);
      onEvent?.(event);
    }
    const { code, stderr } = await running.ended;
    process.off('exit', stop);
    signal?.removeEventListener('abort', stop);
    const last = events.at(-1);
    if (!last || !isTerminal(last)) throw new Error(`The command ended with ${code} and without an end: ${stderr}`);
    const expected = last.type === 'run_completed' ? 0 : last.type === 'run_cancelled' ? 130 : 1;
    if (code !== expected) throw new Error(`The command ended with ${code} after ${last.type}: ${stderr}`);
    return events;
  };
