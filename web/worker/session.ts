// What the Worker keeps between calls: the files, the platform, the run that goes on and the one before it.
import { failure } from '../../shared/errors.ts';
import { load } from '../../shared/pipeline/load.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { CallProgress, EngineOptions, OpenedEngine, RunRequest } from '../../shared/protocol/worker.ts';
import { runPipeline } from '../../shared/run/run.ts';
import { duckdbCode, openBrowserPlatform, Workspace, type BrowserPlatform } from '../platform/index.ts';
import { LastRun, withNotice } from './last-run.ts';
import { Looks } from './looks.ts';

export interface SessionEvents {
  readonly onEvent: (event: RunEvent) => void;
  /** DuckDB is beyond use. */
  readonly onDeath: (reason: Error) => void;
}

export class Session {
  readonly workspace = new Workspace();
  readonly #events: SessionEvents;
  #opening: Promise<BrowserPlatform> | undefined;
  #running: AbortController | undefined;
  /** Settles with the run that goes on. */
  #run: Promise<unknown> = Promise.resolve();
  readonly #last = new LastRun();
  #looks: Promise<Looks> | undefined;

  constructor(events: SessionEvents) {
    this.#events = events;
  }

  /** Progress is that of DuckDB's code on its way, told to every caller. */
  async open(options: EngineOptions, onProgress: (progress: CallProgress) => void): Promise<OpenedEngine> {
    duckdbCode.onLoading((bytes, totalBytes) => onProgress({ bytes, totalBytes }));
    const { engine, notices } = await (this.#opening ??= this.#start(options));
    return { version: engine.version, notices, code: await duckdbCode.get() };
  }

  /** Runs to the end, which is told as an event. Fails with run.busy while another run goes on. */
  async run(request: RunRequest): Promise<null> {
    if (this.#running)
      throw failure('run.busy', 'Another run is going on.', { hint: 'Cancel it, or wait for its end.' });
    const running = new AbortController();
    this.#running = running;
    const run = this.#runToEnd(request, running.signal);
    this.#run = run.catch(() => undefined);
    try {
      await run;
    } finally {
      this.#running = undefined;
    }
    return null;
  }

  cancel(): null {
    this.#running?.abort();
    return null;
  }

  /** Rows and files to look at beside runs. */
  looks(): Promise<Looks> {
    this.#looks ??= this.#platform().then((platform) => new Looks(platform));
    return this.#looks;
  }

  async #runToEnd({ text, parameters, base }: RunRequest, signal: AbortSignal): Promise<void> {
    const platform = await this.#platform();
    const looks = await this.looks();
    try {
      await looks.block();
      const trouble = await this.#last.release();
      const emit = trouble ? withNotice(this.#events.onEvent, trouble) : this.#events.onEvent;
      const options = { emit, signal, retain: true };
      this.#last.keep(await runPipeline(load(text, parameters), platform.withBase(base), options));
    } finally {
      looks.unblock(this.#last.run);
    }
  }

  async #start(options: EngineOptions): Promise<BrowserPlatform> {
    try {
      if (options.code instanceof WebAssembly.Module) duckdbCode.set(options.code);
      const platform = await openBrowserPlatform({ ...options, workspace: this.workspace });
      void platform.engine.died.then(async (reason) => {
        await this.#run; // it ends now, with an error that says where
        this.#events.onDeath(reason);
      });
      return platform;
    } catch (thrown) {
      this.#opening = undefined;
      throw thrown;
    }
  }

  #platform(): Promise<BrowserPlatform> {
    return (this.#opening ??= this.#start({}));
  }
}
