// A run on a relay of ours, in sluice.v1: submitted, followed from event to event, resumed after a lost connection.
import { asSluiceError, failure, SluiceError } from '../../../shared/errors.ts';
import type { FromRelay, ToRelayInput } from '../../../shared/protocol/relay/messages.ts';
import type { RunSubmission } from '../../../shared/protocol/relay/runs.ts';
import { outcomeOf, type Outcome, type Reporter } from '../output/report.ts';
import { connect, type Connection, type Relay } from './connect.ts';
import { lost, type Ending } from './inbox.ts';
import { pause, pauses } from './pause.ts';

export type Submission = Omit<RunSubmission, 'id' | 'preview'> & { readonly id: string };

/** Events that are taken in before the relay hears of it at the latest. */
const mostUnconfirmed = 32;

export class FollowedRun {
  readonly #relay: Relay;
  readonly #submission: Submission;
  readonly #reporter: Reporter;
  readonly #signal: AbortSignal;
  #accepted = false;
  #last = -1;
  #requests = 0;
  #outcome: Outcome | undefined;

  /** The signal asks the relay to cancel; the run goes on until the relay says that it has ended. */
  constructor(relay: Relay, submission: Submission, reporter: Reporter, signal: AbortSignal) {
    this.#relay = relay;
    this.#submission = submission;
    this.#reporter = reporter;
    this.#signal = signal;
  }

  /** Follows it to its end, beginning on this connection. Fails with what the relay refuses, relay.lost, protocol.invalid. */
  async follow(first: Connection): Promise<Outcome> {
    let connection = first;
    for (;;) {
      const ending = await this.#converse(connection);
      if (this.#outcome) return this.#outcome;
      connection = await this.#reconnect(lost(ending));
      await this.#reporter.report({ type: 'connection_resumed' });
    }
  }

  /** Talks until the run or the connection ends. */
  async #converse(connection: Connection): Promise<Ending> {
    try {
      await connection.send(this.#opening());
      let cancelled = false;
      let unconfirmed = 0;
      for (;;) {
        const next = await connection.inbox.next(cancelled ? undefined : this.#signal);
        if (this.#signal.aborted && !cancelled && this.#accepted) {
          cancelled = true;
          await connection.send(this.#message({ type: 'cancel', run: this.#submission.id }));
        }
        if (next === undefined) {
          if (!cancelled) await this.#untilAccepted(connection);
          continue;
        }
        if ('code' in next) return next;
        unconfirmed += (await this.#take(next.message as FromRelay)) ? 1 : 0;
        if (this.#outcome) return { code: 1000, reason: '' };
        if (unconfirmed >= mostUnconfirmed || (unconfirmed > 0 && connection.inbox.isEmpty)) {
          unconfirmed = 0;
          await connection.send({ type: 'received', run: this.#submission.id, sequence: this.#last });
        }
      }
    } catch (thrown) {
      if (thrown instanceof SluiceError && thrown.code === 'relay.lost') return { code: 1006, reason: '' };
      throw thrown;
    } finally {
      connection.close();
    }
  }

  /** A run can be cancelled once it is known to be there. */
  async #untilAccepted(connection: Connection): Promise<void> {
    while (!this.#accepted) {
      const next = await connection.inbox.next();
      if (next === undefined || 'code' in next) throw failure('relay.lost', 'The connection to the relay was lost.');
      await this.#take(next.message as FromRelay);
    }
  }

  #opening(): ToRelayInput {
    const { id } = this.#submission;
    if (this.#accepted) return this.#message({ type: 'follow', run: id, after: this.#last });
    return this.#message({ type: 'submit', submission: this.#submission });
  }

  #message<Message extends object>(message: Message): Message & { readonly request: number } {
    return { ...message, request: ++this.#requests };
  }

  /** Answers whether it was an event. */
  async #take(message: FromRelay): Promise<boolean> {
    switch (message.type) {
      case 'accepted':
        this.#accepted = true;
        await this.#reporter.report({ type: 'accepted', run: this.#submission.id });
        return false;
      case 'waiting':
        await this.#reporter.report({ type: 'waiting', position: message.position });
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

  async #takeEvent(event: (FromRelay & { type: 'event' })['event']): Promise<void> {
    if (event.sequence <= this.#last) return;
    if (event.sequence !== this.#last + 1) {
      throw failure('protocol.invalid', `The relay left out events: ${event.sequence} follows ${this.#last}.`);
    }
    await this.#reporter.report(event);
    this.#last = event.sequence;
    this.#outcome = outcomeOf(event);
  }

  async #reconnect(reason: SluiceError): Promise<Connection> {
    let last = reason;
    for (const retryMs of pauses) {
      await this.#reporter.report({ type: 'connection_lost', message: last.message, retryMs });
      await pause(retryMs, this.#signal);
      try {
        return await connect(this.#relay, new AbortController().signal, ['sluice']);
      } catch (thrown) {
        last = asSluiceError(thrown);
        if (last.code !== 'relay.unreachable') throw last;
      }
    }
    const hint = this.#accepted
      ? `The run goes on there as ${this.#submission.id}.`
      : 'Whether it was accepted is not known.';
    throw failure('relay.lost', `The relay at ${this.#relay.address.host} does not come back.`, { hint, cause: last });
  }
}
