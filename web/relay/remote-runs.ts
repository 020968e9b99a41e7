// Runs pipelines on a relay, as the Worker's client does in this tab.
import { SluiceError, type Issue } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { FollowedRun, type FollowNews, type Link } from '../../shared/protocol/relay/followed-run.ts';
import type { RunRequest } from '../../shared/protocol/worker.ts';
import type { Relay } from './ask.ts';
import { connect } from './connect.ts';
import { Retry } from './retry.ts';

/** Rows of every stage that come along, to be looked at. */
export const previewRows = 1000;

/** A connection that is lost while its run is followed. Times as `performance.now()` counts. */
export interface LostConnection {
  /** Why the last attempt failed. */
  readonly message: string;
  readonly since: number;
  /** When the next attempt begins; absent while one is under way. */
  readonly retryAt?: number;
  /** Begins the next attempt now. */
  readonly tryNow: () => void;
}

export interface RemoteListeners {
  /** Told how many runs wait before this one, and undefined when it waits no more. */
  readonly onWaiting: (position: number | undefined) => void;
  /** Told what becomes of a lost connection, and undefined when there is none any more. */
  readonly onLost: (lost: LostConnection | undefined) => void;
}

export class RemoteRuns {
  readonly #relay: Relay;
  readonly #listeners: RemoteListeners;
  readonly #connect: typeof connect;
  #controller = new AbortController();
  #lost: LostConnection | undefined;

  /** `connectTo` opens the socket. */
  constructor(relay: Relay, listeners: RemoteListeners, connectTo = connect) {
    this.#relay = relay;
    this.#listeners = listeners;
    this.#connect = connectTo;
  }

  /**
   * Runs to the terminal event. Fails where the relay cannot be reached or does not take the run. A cancel ends the run on
   * the relay, or at once in this page where there is no connection.
   */
  async run({ text, parameters }: RunRequest, onEvent: (event: RunEvent) => void): Promise<void> {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const startedAt = performance.now();
    try {
      const link = await this.#connect(this.#relay, signal);
      await this.#follow(link, { text, parameters, id: crypto.randomUUID() }, onEvent);
    } catch (thrown) {
      if (!signal.aborted || !(thrown instanceof SluiceError)) throw thrown;
      if (thrown.code !== 'run.cancelled' && thrown.code !== 'relay.lost') throw thrown;
      const durationMs = Math.round(performance.now() - startedAt);
      const issue: Issue = { ...thrown.issue, severity: 'warning' };
      if (thrown.code === 'relay.lost') onEvent({ type: 'notice', issue, sequence: -1 });
      onEvent({ type: 'run_cancelled', durationMs, sequence: -1 });
    } finally {
      this.#listeners.onWaiting(undefined);
      this.#setLost(undefined);
    }
  }

  /** Asks the relay to stop the run, which ends with an event of its own; without a connection it ends here. */
  cancel(): Promise<void> {
    this.#controller.abort();
    return Promise.resolve();
  }

  async #follow(
    link: Link,
    { text, parameters, id }: RunRequest & { readonly id: string },
    onEvent: (event: RunEvent) => void,
  ): Promise<void> {
    const { signal } = this.#controller;
    const retry = new Retry();
    const host = {
      connect: (ends: AbortSignal) => this.#reconnect(ends),
      pause: (milliseconds: number, ends: AbortSignal) => retry.pause(milliseconds, ends),
    };
    const run = new FollowedRun(host, {
      submission: { document: text, parameters, id, preview: previewRows, whenLeft: 'continue' },
      signal,
      onEvent: (event) => {
        if (event.type === 'run_started') this.#listeners.onWaiting(undefined);
        onEvent(event);
      },
      onNews: (news) => this.#take(news, () => retry.now()),
    });
    await run.follow(link);
  }

  #reconnect(signal: AbortSignal): Promise<Link> {
    if (this.#lost) {
      const { message, since, tryNow } = this.#lost;
      this.#setLost({ message, since, tryNow });
    }
    return this.#connect(this.#relay, signal);
  }

  #take(news: FollowNews, tryNow: () => void): void {
    switch (news.type) {
      case 'accepted':
        break;
      case 'waiting':
        this.#listeners.onWaiting(news.position);
        break;
      case 'connection_lost': {
        const now = performance.now();
        const { message, retryMs } = news;
        this.#setLost({ message, since: this.#lost?.since ?? now, retryAt: now + retryMs, tryNow });
        break;
      }
      case 'connection_resumed':
        this.#setLost(undefined);
        break;
    }
  }

  #setLost(lost: LostConnection | undefined): void {
    this.#lost = lost;
    this.#listeners.onLost(lost);
  }
}
