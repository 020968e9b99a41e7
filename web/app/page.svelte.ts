// The page's one gateway: every action of the user passes through here, and every failure ends up in `troubles`.
import type { Issue } from '../../shared/errors.ts';
import { asSluiceError } from '../../shared/errors.ts';
import { planOnRelay } from '../relay/remote-plan.ts';
import type { SluiceClient } from '../worker/client.ts';
import type { Checker } from './check/checker.ts';
import { PipelineDocument } from './document.svelte.ts';
import type { Example } from './examples.ts';
import { listExamples, openExample } from './examples.ts';
import type { Gathered } from './files/gather.ts';
import { Workspace } from './files/workspace.svelte.ts';
import { loadRows } from './grid/load-rows.ts';
import type {
  FilePreview,
  LoadingProgress,
  PlanAnswer,
  RowsPage,
  WorkspaceFile,
  WorkspaceTable,
} from '../../shared/protocol/worker.ts';
import { save } from './files/save.ts';
import { PlaceChoice } from './place/place.svelte.ts';
import { Exporter } from './results/exporter.svelte.ts';
import type { ResultsView } from './results/views.ts';
import { Runner } from './runner.svelte.ts';

/** Milliseconds that a browser has to begin a download. */
const patience = 60_000;

export type EngineState =
  | {
      readonly kind: 'starting';
      /** How much of DuckDB's code has come; absent before the first of it. */
      readonly progress?: LoadingProgress;
    }
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'failed' };

/** What of the workspace is looked into. */
export type Opened =
  { readonly kind: 'file'; readonly file: WorkspaceFile } | { readonly kind: 'table'; readonly table: WorkspaceTable };

export class Page {
  readonly document: PipelineDocument;
  readonly runner: Runner;
  readonly workspace: Workspace;
  readonly exporter: Exporter;
  readonly place = new PlaceChoice();
  /** Whether the place is being chosen. */
  placing = $state(false);
  /** What the results pane shows. */
  view: ResultsView = $state('run');
  opened: Opened | undefined = $state.raw();
  /** Whether a plan is being made. */
  planning = $state(false);
  #planned: PlanAnswer | undefined = $state.raw();
  engine: EngineState = $state.raw({ kind: 'starting' });
  examples: readonly Example[] = $state.raw([]);
  /** What went wrong outside a run. */
  troubles: readonly Issue[] = $state.raw([]);
  readonly #client: SluiceClient;

  constructor(client: SluiceClient, checker: Checker) {
    this.#client = client;
    this.document = new PipelineDocument(checker, (thrown) => this.tell(thrown));
    this.runner = new Runner(client);
    this.workspace = new Workspace(client);
    this.exporter = new Exporter(client);
  }

  /** Fills the page: the first example, the files, and DuckDB warming up behind them. */
  async start(): Promise<void> {
    await Promise.all([this.#try(() => this.#firstExample()), this.#try(() => this.#warmUp())]);
  }

  openExample(example: Example): Promise<void> {
    return this.#try(async () => {
      const text = await openExample(example);
      this.#planned = undefined; // it was another text's
      await this.document.open(example, text);
    });
  }

  addFiles(files: readonly Gathered[] | Promise<readonly Gathered[]>): Promise<void> {
    return this.#try(async () => this.workspace.add(await files));
  }

  removeFile(file: WorkspaceFile): Promise<void> {
    return this.#try(() => this.workspace.remove(file));
  }

  removeTable({ name }: WorkspaceTable): Promise<void> {
    return this.#try(() => this.workspace.removeTable(name));
  }

  /** Makes a zip file of a stored folder and hands it to the browser to save. */
  zip(path: string): Promise<void> {
    return this.#try(async () => {
      const url = URL.createObjectURL(await this.workspace.zip(path));
      save(url, `${path.slice(path.lastIndexOf('/') + 1)}.zip`);
      setTimeout(() => URL.revokeObjectURL(url), patience);
    });
  }

  previewFile(file: WorkspaceFile, signal: AbortSignal): Promise<FilePreview> {
    return this.#client.previewFile(file, { signal });
  }

  tableRows(name: string, offset: number, limit: number, signal: AbortSignal): Promise<RowsPage> {
    return this.#client.rows({ kind: 'table', name }, offset, limit, { signal });
  }

  /** Runs the document, then shows what the run found in the text and what it left among the files. */
  async run(): Promise<void> {
    void this.document.check();
    this.troubles = [];
    this.view = 'run';
    this.#planned = undefined;
    this.exporter.dismiss();
    const request = this.document.request();
    loadRows().catch(() => undefined); // fetched early; where rows are shown, a failure is told
    await this.runner.run(request, this.place.relay);
    const { failure, notices } = this.runner.state;
    if (request.text === this.document.text) this.document.addRunIssues(failure ? [failure, ...notices] : notices);
    await this.#try(() => this.workspace.refresh());
  }

  /** What the text would do, if that was asked for since the last run; else what that run did. */
  get plan(): PlanAnswer | undefined {
    const { plan } = this.runner.state;
    return this.#planned ?? (plan && { plan, issues: [] });
  }

  /** Makes the plan of the text as it is, where it would run, and shows it. */
  makePlan(): Promise<void> {
    return this.#try(async () => {
      this.planning = true;
      try {
        const request = this.document.request();
        const { relay } = this.place;
        this.#planned = await (relay ? planOnRelay(relay, request) : this.#client.plan(request));
        this.view = 'plan';
        if (request.text === this.document.text) this.document.addRunIssues(this.#planned.issues);
      } finally {
        this.planning = false;
      }
    });
  }

  /** Shows something that has failed outside a run; the same trouble is shown once. */
  tell(thrown: unknown): void {
    const { issue } = asSluiceError(thrown);
    if (this.troubles.some(({ message }) => message === issue.message)) return;
    this.troubles = [...this.troubles, issue];
  }

  dismiss(trouble: Issue): void {
    this.troubles = this.troubles.filter((each) => each !== trouble);
  }

  async #firstExample(): Promise<void> {
    this.examples = await listExamples();
    const [first] = this.examples;
    if (first && this.document.text === '') await this.openExample(first);
  }

  async #warmUp(): Promise<void> {
    try {
      const { version, notices } = await this.#client.open((progress) => {
        if (this.engine.kind === 'starting') this.engine = { kind: 'starting', progress };
      });
      this.engine = { kind: 'ready', version };
      this.troubles = [...this.troubles, ...notices];
    } catch (thrown) {
      this.engine = { kind: 'failed' };
      throw thrown;
    }
    await this.workspace.refresh();
  }

  async #try(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      this.tell(thrown);
    }
  }
}
