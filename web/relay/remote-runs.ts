// Runs pipelines on a relay, as the Worker's client does in this tab.
import { cancelled, failure, SluiceError, type Issue } from '../../shared/errors.ts';
import type { RunEvent, RunEventBody } from '../../shared/protocol/events.ts';
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
  #accepted = false;
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
    this.#accepted = false;
    const { signal } = this.#controller;
    const startedAt = performance.now();
    const id = crypto.randomUUID();
    const end = (...bodies: RunEventBody[]): void => {
      for (const body of bodies) onEvent({ ...body, sequence: -1 });
    };
    let submitted = false;
    try {
      const link = await this.#connect(this.#relay, signal);
      submitted = true;
      await this.#follow(link, { text, parameters, id }, onEvent);
    } catch (thrown) {
      if (!signal.aborted || !isOf(thrown, 'run.cancelled')) throw thrown;
      const notices = submitted ? [{ type: 'notice' as const, issue: this.#unheard(id) }] : [];
      end(...notices, { type: 'run_cancelled', durationMs: Math.round(performance.now() - startedAt) });
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
      connect: () => this.#reconnect(signal),
      pause: (milliseconds: number) => retry.pause(milliseconds, signal),
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

  /** After a cancel there is nothing to connect for. Fails with run.cancelled, and as `connect` does. */
  #reconnect(signal: AbortSignal): Promise<Link> {
    if (signal.aborted) return Promise.reject(cancelled());
    if (this.#lost) {
      const { message, since, tryNow } = this.#lost;
      this.#setLost({ message, since, tryNow });
    }
    return this.#connect(this.#relay, signal);
  }

  #take(news: FollowNews, tryNow: () => void): void {
    switch (news.type) {
      case 'accepted':
        this.#accepted = true;
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

  /** What is known of a run that was left without a connection. */
  #unheard(id: string): Issue {
    const { issue } = failure('relay.lost', 'There was no connection by which the relay could be told to stop.', {
      hint: this.#accepted
        ? `The run may still be going on there, as ${id}.`
        : `Whether the relay has accepted the run is not known. Its id would be ${id}.`,
    });
    return { ...issue, severity: 'warning' };
  }
}

function isOf(thrown: unknown, code: string): boolean {
  return thrown instanceof SluiceError && thrown.code === code;
}
