// The relay as it is built, in a process of its own, with a data folder and a state folder that end with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ServedRelay {
  /** Such as `http://127.0.0.1:40123`. */
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServedOptions {
  /** Flags of `sluice serve` beyond the address and the folders. */
  readonly flags?: readonly string[];
  /** Where the built server lies; dist/relay when absent. */
  readonly built?: string;
}

const distRelay = fileURLToPath(new URL('../../../dist/relay', import.meta.url));

export async function serve(data: string, { flags = [], built = distRelay }: ServedOptions = {}): Promise<ServedRelay> {
  const state = await mkdtemp(join(tmpdir(), 'sluice-bench-state-'));
  const words = ['--port', '0', '--data-dir', data, '--state-dir', state, '--log-level', 'error', ...flags];
  const server = spawn(process.execPath, [join(built, 'server.js'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  const kill = (): void => void server.kill('SIGKILL');
  process.once('exit', kill); // a benchmark that breaks leaves none behind
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await exited;
    process.off('exit', kill);
    await rm(state, { recursive: true, force: true });
  };
  const ready = new Promise<string>((resolve) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const address = /http:\S+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
  });
  const address = await Promise.race([ready, exited.then(() => undefined)]);
  if (address === undefined || server.pid === undefined) {
    await rm(state, { recursive: true, force: true });
    throw new Error('The relay did not start.');
  }
  return { address, pid: server.pid, stop };
}
