// The page's one gateway: every action of the user passes through here, and every failure ends up in `troubles`.
import type { Issue } from '../../shared/errors.ts';
import { asSluiceError } from '../../shared/errors.ts';
import type { SluiceClient } from '../worker/client.ts';
import { PipelineDocument } from './document.svelte.ts';
import type { Example } from './examples.ts';
import { listExamples, openExample } from './examples.ts';
import type { Gathered } from './files/gather.ts';
import type { ListedFile } from './files/workspace.svelte.ts';
import { Workspace } from './files/workspace.svelte.ts';
import { loadRows } from './grid/load-rows.ts';
import { Runner } from './runner.svelte.ts';

export type EngineState =
  { readonly kind: 'starting' } | { readonly kind: 'ready'; readonly version: string } | { readonly kind: 'failed' };

export class Page {
  readonly document = new PipelineDocument();
  readonly runner: Runner;
  readonly workspace: Workspace;
  engine: EngineState = $state.raw({ kind: 'starting' });
  examples: readonly Example[] = $state.raw([]);
  /** What went wrong outside a run. */
  troubles: readonly Issue[] = $state.raw([]);
  readonly #client: SluiceClient;

  constructor(client: SluiceClient) {
    this.#client = client;
    this.runner = new Runner(client);
    this.workspace = new Workspace(client);
  }

  /** Fills the page: the first example, the files, and DuckDB warming up behind them. */
  async start(): Promise<void> {
    await Promise.all([this.#try(() => this.#firstExample()), this.#try(() => this.#warmUp())]);
  }

  openExample(example: Example): Promise<void> {
    return this.#try(async () => this.document.open(example, await openExample(example)));
  }

  addFiles(files: readonly Gathered[] | Promise<readonly Gathered[]>): Promise<void> {
    return this.#try(async () => this.workspace.add(await files));
  }

  removeFile(file: ListedFile): Promise<void> {
    return this.#try(() => this.workspace.remove(file));
  }

  /** Runs the document, then shows what the run found in the text and what it left among the files. */
  async run(): Promise<void> {
    this.document.check();
    this.troubles = [];
    const request = this.document.request();
    loadRows().catch(() => undefined); // fetched early; where rows are shown, a failure is told
    await this.runner.run(request);
    const { failure, notices } = this.runner.state;
    if (request.text === this.document.text) this.document.addRunIssues(failure ? [failure, ...notices] : notices);
    await this.#try(() => this.workspace.refresh());
  }

  /** Shows something that has failed outside a run. */
  tell(thrown: unknown): void {
    this.troubles = [...this.troubles, asSluiceError(thrown).issue];
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
      const { version } = await this.#client.open();
      this.engine = { kind: 'ready', version };
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
