// A child as its relay sees it: started with an environment of its own, fed by messages, ended by force.
import { fork, type ChildProcess as NodeProcess } from 'node:child_process';
import { asSluiceError, failure, type Issue } from '../../../shared/errors.ts';
import { Scope } from '../../../shared/scope.ts';
import type { FromChild, ToChild } from '../child/messages.ts';
import execArgv from '../child/node-flags.json' with { type: 'json' };
import type { QueueOptions } from '../options.ts';
import { recordChild } from './identity.ts';
import { launchAs, type Launch } from './privileges.ts';
import { received } from './received.ts';
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
  readonly #program: string;
  #gone = false;
  #disposed: Promise<Issue[]> | undefined;
  #listener: (message: FromChild) => void = () => undefined;

  /** Fails with engine.failed where there can be no process, and with what the disk says; nothing is left then. */
  static async start(
    work: string,
    options: Pick<QueueOptions, 'program' | 'platform' | 'memoryLimit' | 'runAs'>,
  ): Promise<ChildProcess> {
    const scope = new Scope();
    try {
      const folder = await makeWorkFolder(work, options.runAs);
      scope.defer(() => tidy(folder, options.program));
      const child = new ChildProcess(folder, options.program, launchAs(options.runAs));
      scope.defer(() => child.end());
      const { pid } = child;
      if (pid === undefined) throw failure('engine.failed', 'No process could be started for the run.');
      await recordChild(folder.path, pid);
      const { memoryLimit, platform } = options;
      child.send({ type: 'prepare', options: { ...platform, memoryLimit, temporary: folder.temporary } });
      scope.move();
      return child;
    } catch (thrown) {
      await scope.close().catch(() => undefined); // why there is no process is what to tell
      throw thrown;
    }
  }

  private constructor(folder: WorkFolder, program: string, { execPath, before, ...identity }: Launch) {
    this.folder = folder;
    this.#program = program;
    this.#process = fork(program, [], {
      ...{ cwd: folder.home, env: environment(folder), ...identity, execPath, execArgv: [...before, ...execArgv] },
      // what goes wrong natively is told on standard error, with paths and perhaps data: nobody reads it
      ...{ serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
      // Ctrl+C is for the relay, which ends its runs in its own way
      detached: true,
    });
    this.exited = this.#end();
    this.#process.on('message', (message) => this.#listener(read(message)));
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

  /** Ends it, if it lives. */
  async end(): Promise<void> {
    this.kill();
    await this.exited;
  }

  /** Ends it, and removes what it left, which may take long. Answers what could not be removed; once for all callers. */
  dispose(): Promise<Issue[]> {
    return (this.#disposed ??= this.end().then(() => tidy(this.folder, this.#program)));
  }
}

/** What it says, or that it says what no run says. */
function read(message: unknown): FromChild {
  try {
    return received(message);
  } catch (thrown) {
    return { type: 'failed', issue: asSluiceError(thrown).issue };
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
