// A run on a relay, in sluice.v1: submitted, followed from event to event, resumed after a lost connection. The same for
// the page and the command, which bring the socket and the clock.
import { asSluiceError, failure, SluiceError } from '../../errors.ts';
import { isTerminal, type RunEvent } from '../events.ts';
import { lost, type Ending, type Inbox } from './inbox.ts';
import type { FromRelay, ToRelayInput } from './messages.ts';
import type { RunSubmission } from './runs.ts';

/** An open socket that speaks sluice.v1. */
export interface Link {
  readonly inbox: Inbox;
  /** Resolves when it has left this side; fails with relay.lost. */
  send(message: ToRelayInput): Promise<void>;
  close(): void;
}

export interface FollowHost {
  /** Connects anew. Fails with relay.unreachable, after which another attempt may help, or with what nothing helps. */
  connect(): Promise<Link>;
  /** Resolves after so many milliseconds, or earlier when the signal is aborted. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** What happens besides the events of the run itself. */
export type FollowNews =
  | { readonly type: 'accepted' }
  | { readonly type: 'waiting'; readonly position: number }
  | { readonly type: 'connection_lost'; readonly message: string; readonly retryMs: number }
  | { readonly type: 'connection_resumed' };

export interface FollowOptions {
  readonly submission: Pick<RunSubmission, 'document'> & Partial<RunSubmission> & { readonly id: string };
  /** Asks the relay to cancel; the run goes on until the relay says that it has ended. */
  readonly signal: AbortSignal;
  /** Nothing more is taken in until it has resolved. */
  readonly onEvent: (event: RunEvent) => void | Promise<void>;
  readonly onNews: (news: FollowNews) => void | Promise<void>;
}

/** Events that are taken in before the relay hears of it at the latest. */
const mostUnconfirmed = 32;

/** Milliseconds before each attempt to connect again; after the last one, the connection is given up. */
const pauses = [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000] as const;

export class FollowedRun {
  readonly #host: FollowHost;
  readonly #options: FollowOptions;
  #accepted = false;
  #last = -1;
  #requests = 0;
  #ended: RunEvent | undefined;

  constructor(host: FollowHost, options: FollowOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** Follows it to its terminal event, beginning on this link. Fails with what the relay refuses, relay.lost, protocol.invalid. */
  async follow(first: Link): Promise<RunEvent> {
    let link = first;
    for (;;) {
      const ending = await this.#converse(link);
      if (this.#ended) return this.#ended;
      link = await this.#reconnect(lost(ending));
      await this.#options.onNews({ type: 'connection_resumed' });
    }
  }

  /** Talks until the run or the connection ends. */
  async #converse(link: Link): Promise<Ending> {
    const { signal, submission } = this.#options;
    try {
      await link.send(this.#opening());
      let cancelled = false;
      let unconfirmed = 0;
      for (;;) {
        // A run can be cancelled once it is known to be there.
        if (signal.aborted && !cancelled && this.#accepted) {
          cancelled = true;
          await link.send({ type: 'cancel', request: ++this.#requests, run: submission.id });
        }
        const next = await link.inbox.next(cancelled || !this.#accepted ? undefined : signal);
        if (next === undefined) continue;
        if ('code' in next) return next;
        if (await this.#take(next.message as FromRelay)) unconfirmed++;
        if (this.#ended) return { code: 1000, reason: '' };
        if (unconfirmed >= mostUnconfirmed || (unconfirmed > 0 && link.inbox.isEmpty)) {
          unconfirmed = 0;
          await link.send({ type: 'received', run: submission.id, sequence: this.#last });
        }
      }
    } catch (thrown) {
      if (thrown instanceof SluiceError && thrown.code === 'relay.lost') return { code: 1006, reason: '' };
      throw thrown;
    } finally {
      link.close();
    }
  }

  #opening(): ToRelayInput {
    const { submission } = this.#options;
    const request = ++this.#requests;
    if (this.#accepted) return { type: 'follow', request, run: submission.id, after: this.#last };
    return { type: 'submit', request, submission };
  }

  /** Answers whether it was an event. */
  async #take(message: FromRelay): Promise<boolean> {
    switch (message.type) {
      case 'accepted':
        this.#accepted = true;
        await this.#options.onNews({ type: 'accepted' });
        return false;
      case 'waiting':
        await this.#options.onNews({ type: 'waiting', position: message.position });
        return false;
      case 'refused':
        throw new SluiceError(message.issue);
      case 'event':
        await this.#takeEvent(message.event);
        return true;
      default:
        return false;
    }
  }

  async #takeEvent(event: RunEvent): Promise<void> {
    if (event.sequence <= this.#last) return;
    if (event.sequence !== this.#last + 1) {
      throw failure('protocol.invalid', `The relay left out events: ${event.sequence} follows ${this.#last}.`);
    }
    await this.#options.onEvent(event);
    this.#last = event.sequence;
    if (isTerminal(event)) this.#ended = event;
  }

  async #reconnect(reason: SluiceError): Promise<Link> {
    let last = reason;
    for (const retryMs of pauses) {
      await this.#options.onNews({ type: 'connection_lost', message: last.message, retryMs });
      await this.#host.pause(retryMs, this.#options.signal);
      try {
        return await this.#host.connect();
      } catch (thrown) {
        last = asSluiceError(thrown);
        if (last.code !== 'relay.unreachable') throw last;
      }
    }
    const hint = this.#accepted
      ? `The run may still be going on there, as ${this.#options.submission.id}.`
      : 'Whether it was accepted is not known.';
    throw failure('relay.lost', 'The relay does not come back.', { hint, cause: last });
  }
}
