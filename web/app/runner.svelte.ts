// Runs pipelines through the Worker and holds what the page shows of the last run.
import { asSluiceError, failure } from '../../shared/errors.ts';
import type { RelationName, RunRequest } from '../../shared/protocol/worker.ts';
import type { Relay } from '../relay/ask.ts';
import { RemoteRuns, type LostConnection } from '../relay/remote-runs.ts';
import type { SluiceClient } from '../worker/client.ts';
import { loadRows } from './grid/load-rows.ts';
import type { PagedRows } from './grid/paged-rows.svelte.ts';
import { Once } from './once.ts';
import type { RunState } from './run-state.ts';
import { fold, idle, stageRows, started } from './run-state.ts';

export class Runner {
  state: RunState = $state.raw(idle);
  /** When the run began, as `performance.now()` counts. */
  startedAt = $state(0);
  /** How many runs wait before this one on the relay. */
  waiting: number | undefined = $state();
  /** The connection to the relay, while it is lost. */
  lost: LostConnection | undefined = $state.raw();
  readonly #client: SluiceClient;
  /** What runs the pipeline: the Worker, or a relay. */
  #runs: Pick<SluiceClient, 'run' | 'cancel'>;
  #ranHere = $state(true);
  /** Rows of the stages that were looked at since the run began. */
  readonly #rows = new Once<Promise<PagedRows>>();
  #turn = 0;
  #current: Promise<void> = Promise.resolve();

  constructor(client: SluiceClient) {
    this.#client = client;
    this.#runs = client;
  }

  get running(): boolean {
    return this.state.status === 'running';
  }

  /** Path of what the last run wrote among the files of this tab. */
  get output(): string | undefined {
    return this.#ranHere ? this.state.output?.location?.replace(/^(\.\/)+|\/+$/g, '') : undefined;
  }

  /** Whether all rows of the stages can be had: the Worker keeps them, a relay sends the first ones. */
  get live(): boolean {
    return this.#ranHere && this.state.status === 'succeeded';
  }

  /** Runs to the end, here or on the relay. A run that is going on is cancelled first: the newest wins. Never rejects. */
  async run(request: RunRequest, relay?: Relay): Promise<void> {
    const turn = ++this.#turn;
    if (this.running) {
      await this.cancel();
      await this.#current;
      if (turn !== this.#turn) return;
    }
    this.#forget();
    this.state = started(relay ? 'Waiting for the relay' : 'Loading DuckDB');
    this.startedAt = performance.now();
    this.#runs = relay ? this.#runsOn(relay) : this.#client;
    this.#ranHere = !relay;
    this.#current = this.#follow(request, turn);
    await this.#current;
  }

  #runsOn(relay: Relay): RemoteRuns {
    return new RemoteRuns(relay, {
      onWaiting: (position) => (this.waiting = position),
      onLost: (lost) => (this.lost = lost),
    });
  }

  /** Asks the run to stop. It ends with an event of its own. */
  async cancel(): Promise<void> {
    try {
      await this.#runs.cancel();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** The rows of a stage: those it shows at once, and all others as soon as the run has succeeded. */
  rows(stage: string): Promise<PagedRows> {
    return this.#rows.get(stage, () => this.#open(stage));
  }

  async #open(stage: string): Promise<PagedRows> {
    const { PagedRows } = await loadRows();
    const relation: RelationName = { kind: 'stage', name: stage };
    const { show } = this.state.stages.find(({ name }) => name === stage) ?? {};
    const rows = new PagedRows((offset, limit, signal) => this.#client.rows(relation, offset, limit, { signal }), show);
    if (this.live) rows.open(stageRows(this.state, stage));
    return rows;
  }

  /** The relations of a run can be read once it has succeeded. */
  async #openAll(): Promise<void> {
    for (const [stage, rows] of this.#rows.all()) (await rows).open(stageRows(this.state, stage));
  }

  #forget(): void {
    // Where they could not be opened, that is told where they would be shown.
    for (const rows of this.#rows.clear()) {
      rows.then(
        (each) => each.close(),
        () => undefined,
      );
    }
  }

  /** A run that was cancelled while DuckDB started goes on here unseen: only the newest one may touch the state. */
  async #follow(request: RunRequest, turn: number): Promise<void> {
    try {
      await this.#runs.run(request, (event) => {
        if (turn === this.#turn) this.state = fold(this.state, event, performance.now() - this.startedAt);
      });
      if (turn === this.#turn && this.running) throw failure('internal', 'The run ended without saying how.');
      if (turn === this.#turn && this.live) await this.#openAll();
    } catch (thrown) {
      if (turn === this.#turn) this.#fail(thrown);
    }
  }

  /** Ends the run as failed, for a reason that no event has told. */
  #fail(thrown: unknown): void {
    const { issue } = asSluiceError(thrown);
    const durationMs = performance.now() - this.startedAt;
    const event = { type: 'run_failed', issue, durationMs, sequence: Number.MAX_SAFE_INTEGER } as const;
    this.state = fold(this.state, event, durationMs);
  }
}
