// The page's side of the Worker: calls go to the Worker of the day, and a dead one is replaced at once.
import { asSluiceError, failure, type SluiceError } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type {
  CallProgress,
  EngineOptions,
  ExportedRows,
  ExportFormat,
  FilePreview,
  LoadingProgress,
  OpenedEngine,
  PlanAnswer,
  RelationName,
  RowsPage,
  RunRequest,
  WorkerCall,
  WorkerCalls,
  WorkspaceFile,
  WorkspaceTable,
} from '../../shared/protocol/worker.ts';
import { Generation, type CallOptions } from './generation.ts';
import { PendingRun } from './pending-run.ts';

/** Milliseconds that a cancelled run has to end by itself; then its Worker is ended. */
const cancelPatience = 400;

export interface SluiceClient {
  /** Boots the engine; tells how much of its code has come, where it is not there yet. */
  open(onLoading?: (progress: LoadingProgress) => void): Promise<OpenedEngine>;
  /** Runs a pipeline; resolves after the terminal event, whatever it is. Fails with run.busy during another run. */
  run(request: RunRequest, onEvent: (event: RunEvent) => void): Promise<void>;
  /** Ends the run within half a second, with `run_cancelled` if it had not ended yet. */
  cancel(): Promise<void>;
  /** What a run would do, without doing it. */
  plan(request: RunRequest): Promise<PlanAnswer>;
  /** At most `limit` rows from `offset` on. */
  rows(relation: RelationName, offset: number, limit: number, options?: CallOptions): Promise<RowsPage>;
  exportRows(relation: RelationName, format: ExportFormat, options?: CallOptions): Promise<ExportedRows>;
  previewFile(file: Pick<WorkspaceFile, 'path' | 'kind'>, options?: CallOptions): Promise<FilePreview>;
  /** A stored folder as one zip file, to download. */
  zipFolder(path: string, options?: CallOptions): Promise<Blob>;
  listTables(): Promise<readonly WorkspaceTable[]>;
  removeTable(name: string): Promise<void>;
  addFiles(files: readonly { readonly path: string; readonly file: Blob }[]): Promise<void>;
  removeFile(path: string, kind: WorkspaceFile['kind']): Promise<void>;
  listFiles(): Promise<readonly WorkspaceFile[]>;
  /** A stored file, to download. */
  readFile(path: string): Promise<Blob>;
  /** Ends the Worker for good: calls under way and later ones fail with engine.closed. */
  close(): void;
  /** For tests of the supervision: ends the Worker as a crash would, without telling anyone here. */
  crash(): void;
}

/** Starts a Worker and boots the engine in it, so that both are ready when they are needed. */
export function createClient(options: EngineOptions = {}): SluiceClient {
  return new WorkerClient(options);
}

class WorkerClient implements SluiceClient {
  readonly #options: EngineOptions;
  readonly #added = new Map<string, Blob>();
  #generation: Generation | undefined;
  /** DuckDB's compiled code, so that a Worker that takes another's place starts at once. */
  #code: unknown;
  #run: PendingRun | undefined;
  /** The run that the Worker was last asked to do. */
  #working: PendingRun | undefined;
  #closed: SluiceError | undefined;
  #onLoading: (progress: LoadingProgress) => void = () => undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#current();
  }

  async open(onLoading?: (progress: LoadingProgress) => void): Promise<OpenedEngine> {
    if (this.#closed) throw this.#closed;
    if (onLoading) this.#onLoading = onLoading;
    return this.#open(this.#current());
  }

  async run(request: RunRequest, onEvent: (event: RunEvent) => void): Promise<void> {
    if (this.#run && !this.#run.over)
      throw failure('run.busy', 'Another run is going on.', { hint: 'Cancel it, or wait for its end.' });
    const run = new PendingRun(onEvent);
    this.#run = run;
    try {
      await this.open();
      if (run.over) return; // cancelled while the engine was starting
      this.#working = run;
      await this.#call('run', request);
    } catch (thrown) {
      run.fail(asSluiceError(thrown).issue);
    } finally {
      // The call resolves after the terminal event; without one the Worker broke its word.
      run.fail(failure('internal', 'The run ended without a last event.').issue);
      if (this.#run === run) this.#run = undefined;
    }
  }

  async cancel(): Promise<void> {
    const run = this.#run;
    if (!run || run.over) return;
    if (this.#working !== run) {
      run.cancelled();
      return;
    }
    const generation = this.#current();
    generation.call('cancel', null).catch(() => undefined); // a Worker that dies now has ended the run as well
    const patience = setTimeout(() => {
      run.cancelled();
      generation.end(
        failure('engine.died', 'The Worker was ended because the run did not stop when it was cancelled.'),
      );
    }, cancelPatience);
    await run.ended;
    clearTimeout(patience);
  }

  plan(request: RunRequest): Promise<PlanAnswer> {
    return this.#call('plan', request);
  }

  rows(relation: RelationName, offset: number, limit: number, options?: CallOptions): Promise<RowsPage> {
    return this.#call('rows', { relation, offset, limit }, options);
  }

  exportRows(relation: RelationName, format: ExportFormat, options?: CallOptions): Promise<ExportedRows> {
    return this.#call('exportRows', { relation, format }, options);
  }

  previewFile({ path, kind }: Pick<WorkspaceFile, 'path' | 'kind'>, options?: CallOptions): Promise<FilePreview> {
    return this.#call('previewFile', { path, kind }, options);
  }

  zipFolder(path: string, options?: CallOptions): Promise<Blob> {
    return this.#call('zipFolder', { path }, options);
  }

  listTables(): Promise<readonly WorkspaceTable[]> {
    return this.#call('listTables', null);
  }

  async removeTable(name: string): Promise<void> {
    await this.#call('removeTable', { name });
  }

  async addFiles(files: readonly { readonly path: string; readonly file: Blob }[]): Promise<void> {
    await this.#call('addFiles', files);
    for (const { path, file } of files) this.#added.set(path, file);
  }

  async removeFile(path: string, kind: WorkspaceFile['kind']): Promise<void> {
    await this.#call('removeFile', { path, kind });
    if (kind === 'added') this.#added.delete(path);
  }

  listFiles(): Promise<readonly WorkspaceFile[]> {
    return this.#call('listFiles', null);
  }

  readFile(path: string): Promise<Blob> {
    return this.#call('readFile', { path });
  }

  close(): void {
    this.#closed ??= failure('engine.closed', 'The page has closed its engine.');
    this.#generation?.end(this.#closed);
  }

  crash(): void {
    this.#generation?.crash();
  }

  async #call<Name extends WorkerCall>(
    name: Name,
    input: WorkerCalls[Name]['input'],
    options?: CallOptions,
  ): Promise<WorkerCalls[Name]['output']> {
    if (this.#closed) throw this.#closed;
    return this.#current().call(name, input, options);
  }

  /** The living Worker, or a fresh one. */
  #current(): Generation {
    if (this.#generation && !this.#generation.over) return this.#generation;
    const worker = new Worker(new URL('./host.ts', import.meta.url), { type: 'module', name: 'sluice' });
    const generation = new Generation(worker, (event) => this.#run?.receive(event));
    this.#generation = generation;
    void generation.ended.then((reason) => this.#replace(generation, reason));
    const added = [...this.#added].map(([path, file]) => ({ path, file }));
    // What fails here fails again, and is told, when the user asks for something.
    if (added.length > 0) generation.call('addFiles', added).catch(() => undefined);
    this.#open(generation).catch(() => undefined);
    return generation;
  }

  async #open(generation: Generation): Promise<OpenedEngine> {
    const options = { ...this.#options, ...(this.#code ? { code: this.#code } : {}) };
    const onProgress = ({ bytes, totalBytes }: CallProgress): void => {
      if (bytes !== undefined && totalBytes !== undefined) this.#onLoading({ bytes, totalBytes });
    };
    const opened = await generation.call('open', options, { onProgress });
    this.#code = opened.code;
    return opened;
  }

  /** One that never started is not replaced before it is needed: it would fail again. */
  #replace(generation: Generation, reason: SluiceError): void {
    this.#run?.fail(reason.issue);
    if (generation.started && !this.#closed) this.#current();
  }
}
