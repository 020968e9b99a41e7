// Runs pipelines on a relay, as the Worker's client does in this tab.
import { failure } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { FollowedRun, type FollowNews } from '../../shared/protocol/relay/followed-run.ts';
import type { RunRequest } from '../../shared/protocol/worker.ts';
import type { Relay } from './ask.ts';
import { connect } from './connect.ts';

/** Rows of every stage that come along, to be looked at. */
export const previewRows = 1000;

export class RemoteRuns {
  readonly #relay: Relay;
  readonly #onWaiting: (position: number | undefined) => void;
  #controller = new AbortController();

  /** `onWaiting` is told how many runs wait before this one, and undefined when it waits no more. */
  constructor(relay: Relay, onWaiting: (position: number | undefined) => void) {
    this.#relay = relay;
    this.#onWaiting = onWaiting;
  }

  /** Runs to the terminal event. Fails where the relay cannot be reached or does not take the run. */
  async run({ text, parameters }: RunRequest, onEvent: (event: RunEvent) => void): Promise<void> {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const link = await connect(this.#relay);
    const submission = {
      ...{ document: text, parameters, id: crypto.randomUUID(), preview: previewRows },
      whenLeft: 'continue' as const,
    };
    const host = { connect: () => connect(this.#relay), pause };
    const run = new FollowedRun(host, {
      ...{ submission, signal },
      onEvent: (event) => {
        if (event.type === 'run_started') this.#onWaiting(undefined);
        onEvent(event);
      },
      onNews: (news) => this.#tell(news, onEvent),
    });
    try {
      await run.follow(link);
    } finally {
      this.#onWaiting(undefined);
    }
  }

  /** Asks the relay to stop the run, which ends with an event of its own. */
  cancel(): Promise<void> {
    this.#controller.abort();
    return Promise.resolve();
  }

  #tell(news: FollowNews, onEvent: (event: RunEvent) => void): void {
    if (news.type === 'waiting') this.#onWaiting(news.position);
    if (news.type !== 'connection_lost') return;
    const { issue } = failure('relay.lost', news.message, { hint: 'The run goes on there; connecting again.' });
    onEvent({ type: 'notice', issue: { ...issue, severity: 'warning' }, sequence: -1 });
  }
}

/** Resolves after so many milliseconds, or when the signal is aborted meanwhile. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, milliseconds);
    signal.addEventListener('abort', settle, { once: true });
  });
}
