// The server of server.ts as a test plays with it: started, told to run, killed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { QueueOptions } from '../../relay/queue/open.ts';
import type { Recovery } from '../../relay/queue/queue.ts';
import type { RunSubmission } from '../../shared/protocol/relay/runs.ts';

type Said =
  | { readonly type: 'open'; readonly recovery: Recovery }
  | { readonly type: 'accepted' | 'ended'; readonly id: string }
  | { readonly type: 'failed'; readonly message: string };

export class KilledServer {
  readonly accepted = new Set<string>();
  readonly ended = new Set<string>();
  readonly failures: string[] = [];
  readonly opened: Promise<Recovery>;
  readonly #process: ChildProcess;

  constructor(program: string, options: Omit<QueueOptions, 'log'>) {
    const server = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = server;
    this.opened = new Promise((resolve) => {
      createInterface({ input: server.stdout }).on('line', (line) => {
        const said = JSON.parse(line) as Said;
        if (said.type === 'open') resolve(said.recovery);
        else if (said.type === 'failed') this.failures.push(said.message);
        else this[said.type].add(said.id);
      });
    });
    server.stdin.on('error', () => undefined); // it was killed while it was spoken to
  }

  submit(submission: RunSubmission): void {
    this.#process.stdin?.write(`${JSON.stringify(submission)}\n`);
  }

  async kill(): Promise<void> {
    const gone = once(this.#process, 'close');
    this.#process.kill('SIGKILL');
    await gone;
  }
}
