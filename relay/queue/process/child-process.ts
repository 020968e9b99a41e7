// A child as its relay sees it: started with an environment of its own, fed by messages, ended by force.
import { fork, type ChildProcess as NodeProcess } from 'node:child_process';
import type { Issue } from '../../../shared/errors.ts';
import type { FromChild, ToChild } from '../child/messages.ts';
import execArgv from '../child/node-flags.json' with { type: 'json' };
import type { QueueOptions } from '../options.ts';
import { recordChild } from './identity.ts';
import { makeWorkFolder, tidy, type WorkFolder } from './work-folder.ts';

/** What of the relay's environment a run needs: where libraries and certificates of this system are. */
const passed = ['LD_LIBRARY_PATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS', 'SystemRoot'];

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class ChildProcess {
  readonly folder: WorkFolder;
  /** Settles, never rejects, when the process is gone. */
  readonly exited: Promise<Exit>;
  readonly #process: NodeProcess;
  #gone = false;
  #listener: (message: FromChild) => void = () => undefined;

  static async start(work: string, options: Pick<QueueOptions, 'program' | 'platform' | 'memoryLimit'>) {
    const folder = await makeWorkFolder(work);
    const child = new ChildProcess(folder, options.program);
    const { pid } = child;
    if (pid !== undefined) await recordChild(folder.path, pid);
    const { memoryLimit, platform } = options;
    child.send({ type: 'prepare', options: { ...platform, memoryLimit, temporary: folder.temporary } });
    return child;
  }

  private constructor(folder: WorkFolder, program: string) {
    this.folder = folder;
    this.#process = fork(program, [], {
      ...{ cwd: folder.home, env: environment(folder), execArgv },
      // what goes wrong natively is told on standard error, with paths and perhaps data: nobody reads it
      ...{ serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
      // Ctrl+C is for the relay, which ends its runs in its own way
      detached: true,
    });
    this.exited = this.#end();
    this.#process.on('message', (message) => this.#listener(message as FromChild));
  }

  /** What it sent before its death may come after the news of it, so the end of its messages is waited for as well. */
  #end(): Promise<Exit> {
    return new Promise((resolve) => {
      let exit: Exit | undefined;
      const look = (): void => {
        if (!exit || this.#process.connected) return;
        this.#gone = true;
        resolve(exit);
      };
      this.#process.on('exit', (code, signal) => {
        exit = { code, signal };
        look();
      });
      this.#process.on('disconnect', look);
      this.#process.on('error', () => {
        // one that could not be started has no exit; other errors are about messages to one that is gone
        if (this.pid === undefined) exit = { code: null, signal: null };
        look();
      });
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Messages wait for nobody: to be called as soon as there can be any. */
  onMessage(listener: (message: FromChild) => void): void {
    this.#listener = listener;
  }

  /** To a process that is gone, nothing is sent; `exited` tells that. */
  send(message: ToChild): void {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  kill(): void {
    if (!this.#gone) this.#process.kill('SIGKILL');
  }

  /** Ends it, if it lives, and removes what it left. Answers what could not be removed. */
  async dispose(): Promise<Issue[]> {
    this.kill();
    await this.exited;
    return tidy(this.folder);
  }
}

function environment({ home, temporary }: WorkFolder): Record<string, string> {
  const own = { HOME: home, TMPDIR: temporary, TZ: 'UTC', LANG: 'C.UTF-8', UV_THREADPOOL_SIZE: '16' };
  const others = passed.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...own, ...Object.fromEntries(others) };
}
