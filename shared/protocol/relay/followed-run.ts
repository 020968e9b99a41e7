// A run on a relay, in sluice.v1: submitted, followed from event to event, resumed after a lost connection. The same for
// the page and the command, which bring the socket and the clock.
import { asSluiceError, failure, SluiceError } from '../../errors.ts';
import { isTerminal, type RunEvent } from '../events.ts';
import { lost, type Ending, type Inbox } from './inbox.ts';
import type { FromRelay, ToRelayInput } from './messages.ts';
import { heartbeat } from '../limits.ts';
import type { RunSubmission } from './runs.ts';
import { linkUnless, nextWithin } from './waiting.ts';

/** An open socket that speaks sluice.v1. */
export interface Link {
  readonly inbox: Inbox;
  /** Resolves when it has left this side; fails with relay.lost. */
  send(message: ToRelayInput): Promise<void>;
  close(): void;
}

export interface FollowHost {
  /**
   * Connects anew; may end earlier when the signal is aborted. Fails with relay.unreachable, after which another attempt may
   * help, or with what nothing helps.
   */
  connect(signal: AbortSignal): Promise<Link>;
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
  /** Asks the relay to cancel; the run goes on until the relay says that it has ended. Without a connection it ends here. */
  readonly signal: AbortSignal;
  /** Nothing more is taken in until it has resolved. */
  readonly onEvent: (event: RunEvent) => void | Promise<void>;
  readonly onNews: (news: FollowNews) => void | Promise<void>;
}

/** Events that are taken in before the relay hears of it at the latest. */
const mostUnconfirmed = 32;

/** Milliseconds before each attempt to connect again since the last new event; after the last one, the run is given up. */
const pauses = [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000] as const;

/** Close code of a message that is too large for its receiver (RFC 6455, section 7.4.1). */
const tooLarge = 1009;

export class FollowedRun {
  readonly #host: FollowHost;
  readonly #options: FollowOptions;
  #accepted = false;
  #last = -1;
  #requests = 0;
  #ended: RunEvent | undefined;
  /** Attempts to connect again since the last new event: a connection that brings none is no progress. */
  #attempts = 0;
  #answersPings = false;

  constructor(host: FollowHost, options: FollowOptions) {
    this.#host = host;
    this.#options = options;
  }

  /**
   * Follows it to its terminal event, beginning on this link. Fails with what the relay refuses, protocol.invalid,
   * protocol.limit, and with relay.lost, also where it is to be cancelled and there is no connection.
   */
  async follow(first: Link): Promise<RunEvent> {
    let link = first;
    for (;;) {
      const loss = await this.#converse(link);
      if (this.#ended) return this.#ended;
      link = await this.#reconnect(loss);
      await this.#options.onNews({ type: 'connection_resumed' });
    }
  }

  /** Talks until the run or the connection ends; answers how the connection was lost. */
  async #converse(link: Link): Promise<SluiceError> {
    const { signal, submission } = this.#options;
    this.#answersPings = false;
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
        const next = await this.#next(link, cancelled || !this.#accepted ? undefined : signal);
        if (next === undefined) continue;
        if (next instanceof SluiceError) return next;
        if ('code' in next) return lossOf(next);
        if (await this.#take(next.message as FromRelay)) unconfirmed++;
        if (this.#ended) return lost({ code: 1000, reason: '' });
        if (unconfirmed >= mostUnconfirmed || (unconfirmed > 0 && link.inbox.isEmpty)) {
          unconfirmed = 0;
          await link.send({ type: 'received', run: submission.id, sequence: this.#last });
        }
      }
    } catch (thrown) {
      if (thrown instanceof SluiceError && thrown.code === 'relay.lost') return thrown;
      throw thrown;
    } finally {
      link.close();
    }
  }

  /**
   * What comes next; undefined when the signal comes first. While nothing comes, the relay is asked whether it is there, and
   * its silence is an error: longer after each connection that brought nothing, for a slow one may be bringing a large event.
   */
  async #next(link: Link, signal: AbortSignal | undefined): Promise<Awaited<ReturnType<Inbox['next']>> | SluiceError> {
    const { interval, patience } = heartbeat;
    const most = (patience / interval) * 2 ** Math.min(this.#attempts, 3);
    for (let silent = 1; ; silent++) {
      if (!this.#answersPings || !link.inbox.isEmpty) return link.inbox.next(signal);
      const next = await nextWithin(link.inbox, interval, this.#host, signal);
      if (next !== undefined || signal?.aborted) return next;
      if (silent >= most)
        return failure('relay.lost', `The relay has not answered for ${(silent * interval) / 1000} s.`);
      await link.send({ type: 'ping' });
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
      case 'welcome':
        this.#answersPings = message.answersPings === true;
        return false;
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
    this.#attempts = 0;
    if (isTerminal(event)) this.#ended = event;
  }

  async #reconnect(reason: SluiceError): Promise<Link> {
    const { signal } = this.#options;
    let last = reason;
    for (;;) {
      if (signal.aborted)
        throw this.#leftAlone('There is no connection to the relay, so the run was not cancelled.', last);
      const retryMs = pauses[this.#attempts++];
      if (retryMs === undefined) throw this.#leftAlone('The relay does not come back.', last);
      await this.#options.onNews({ type: 'connection_lost', message: last.message, retryMs });
      await this.#host.pause(retryMs, signal);
      try {
        const link = await linkUnless(signal, this.#host);
        if (link) return link;
      } catch (thrown) {
        last = asSluiceError(thrown);
        if (last.code !== 'relay.unreachable') throw last;
      }
    }
  }

  /** The error of a run that nobody follows any more, with what becomes of it. */
  #leftAlone(message: string, cause: SluiceError): SluiceError {
    const { id, whenLeft } = this.#options.submission;
    const ends = 'The relay cancels it when it notices that the connection has ended.';
    const goesOn = whenLeft === 'cancel' ? ends : `It may be going on there as ${id}.`;
    return failure('relay.lost', message, {
      hint: this.#accepted ? goesOn : 'Whether it was accepted is not known.',
      cause,
    });
  }
}

/** Connecting again helps, unless a message was too large: it would be sent again. Fails with protocol.limit. */
function lossOf(ending: Ending): SluiceError {
  if (ending.code !== tooLarge) return lost(ending);
  throw failure('protocol.limit', 'A message on the connection to the relay was larger than its receiver takes.', {
    hint: 'Show fewer rows; a destination holds more.',
    cause: ending.reason === '' ? undefined : ending.reason,
  });
}
