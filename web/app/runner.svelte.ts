// Runs pipelines through the Worker and holds what the page shows of the last run.
import type { Issue } from '../../shared/errors.ts';
import { asSluiceError, failure } from '../../shared/errors.ts';
import type { Preview, RunRequest } from '../../shared/protocol/worker.ts';
import type { SluiceClient } from '../worker/client.ts';
import type { RunState } from './run-state.ts';
import { fold, idle, started } from './run-state.ts';

/** First rows of a stage that shows none by itself. */
export type PreviewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'rows'; readonly preview: Preview }
  | { readonly kind: 'failed'; readonly issue: Issue };

const previewRows = 500;

export class Runner {
  state: RunState = $state.raw(idle);
  /** When the run began, as `performance.now()` counts. */
  startedAt = $state(0);
  previews: Readonly<Record<string, PreviewState>> = $state.raw({});
  readonly #client: SluiceClient;
  #turn = 0;
  #current: Promise<void> = Promise.resolve();

  constructor(client: SluiceClient) {
    this.#client = client;
  }

  get running(): boolean {
    return this.state.status === 'running';
  }

  /** Runs to the end. A run that is going on is cancelled first: the newest request wins. Never rejects. */
  async run(request: RunRequest): Promise<void> {
    const turn = ++this.#turn;
    if (this.running) {
      await this.cancel();
      await this.#current;
      if (turn !== this.#turn) return;
    }
    this.state = started;
    this.startedAt = performance.now();
    this.previews = {};
    this.#current = this.#follow(request, turn);
    await this.#current;
  }

  /** Asks the run to stop. It ends with an event of its own. */
  async cancel(): Promise<void> {
    try {
      await this.#client.cancel();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Fetches the first rows of a stage, once a run. */
  async look(stage: string): Promise<void> {
    if (this.running || this.previews[stage]) return;
    const turn = this.#turn;
    const keep = (preview: PreviewState): void => {
      if (turn === this.#turn) this.previews = { ...this.previews, [stage]: preview };
    };
    keep({ kind: 'loading' });
    try {
      keep({ kind: 'rows', preview: await this.#client.preview(stage, previewRows) });
    } catch (thrown) {
      keep({ kind: 'failed', issue: asSluiceError(thrown).issue });
    }
  }

  /** A run that was cancelled while DuckDB started goes on here unseen: only the newest one may touch the state. */
  async #follow(request: RunRequest, turn: number): Promise<void> {
    try {
      await this.#client.run(request, (event) => {
        if (turn === this.#turn) this.state = fold(this.state, event);
      });
      if (turn === this.#turn && this.running) throw failure('internal', 'The run ended without saying how.');
    } catch (thrown) {
      if (turn === this.#turn) this.#fail(thrown);
    }
  }

  /** Ends the run as failed, for a reason that no event has told. */
  #fail(thrown: unknown): void {
    const { issue } = asSluiceError(thrown);
    const durationMs = performance.now() - this.startedAt;
    this.state = fold(this.state, { type: 'run_failed', issue, durationMs, sequence: Number.MAX_SAFE_INTEGER });
  }
}
