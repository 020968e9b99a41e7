// sluice.v1 on a socket (shared/protocol/relay/messages.ts).
import { asSluiceError, failure } from '../../../shared/errors.ts';
import { requireSmallJson } from '../../../shared/protocol/json-size.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import { decodeFrame, encodeFrame } from '../../../shared/protocol/relay/frames.ts';
import { closeCodes, toRelay, type FromRelay, type ToRelay } from '../../../shared/protocol/relay/messages.ts';
import type { RunSummary } from '../../../shared/protocol/relay/runs.ts';
import { reportOf, type Finding } from '../checked.ts';
import { thrownFields } from '../log.ts';
import { follow } from './following.ts';
import type { Received } from './inbox.ts';
import { mostFollowed, type Session, type SessionContext } from './session.ts';
import { EventWindow } from './window.ts';

interface Followed {
  readonly window: EventWindow;
  readonly stop: AbortController;
}

export class SluiceSession implements Session {
  readonly #context: SessionContext;
  readonly #followed = new Map<string, Followed>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  get following(): number {
    return this.#followed.size;
  }

  begin(): Promise<void> {
    const { relay, version } = this.#context.services;
    return this.#send({ type: 'welcome', relay, version, answersPings: true });
  }

  async take(received: Received): Promise<void> {
    let request: number | undefined;
    try {
      const message = decoded(received);
      if (message === undefined) {
        this.#context.close(closeCodes.protocol, 'A frame is no message of sluice.v1.');
        return;
      }
      request = requestOf(message);
      const read = toRelay.safeParse(message);
      if (!read.success) throw unreadable(message, read.error.issues);
      await this.#answer(read.data);
    } catch (thrown) {
      const { issue } = asSluiceError(thrown);
      if (issue.code === 'internal') this.#context.log.error(thrownFields(thrown), 'a message could not be answered');
      await this.#send({ type: 'refused', ...(request === undefined ? {} : { request }), issue });
    }
  }

  async #answer(message: ToRelay): Promise<void> {
    const { runs } = this.#context;
    switch (message.type) {
      case 'submit':
        return this.#submit(message);
      case 'follow': {
        this.#demandRoom(message.run);
        const run = await runs.watched(message.run);
        await this.#send({ type: 'following', request: message.request, run });
        this.#follow(run, message.after);
        return;
      }
      case 'unfollow':
        this.#followed.get(message.run)?.stop.abort();
        this.#followed.delete(message.run);
        return;
      case 'cancel': {
        const stopping = await runs.cancel(message.run);
        return this.#send({ type: 'cancelling', request: message.request, run: message.run, ended: !stopping });
      }
      case 'ping':
        return this.#send({ type: 'pong' });
      case 'received':
        // a run that is followed no more may have had its last events on the way
        if (this.#followed.get(message.run)?.window.received(message.sequence) === false) {
          throw failure('protocol.invalid', `The event ${message.sequence} was not sent yet.`);
        }
    }
  }

  async #submit({ request, submission }: Extract<ToRelay, { type: 'submit' }>): Promise<void> {
    const { runs, services, ended, log } = this.#context;
    this.#demandRoom(submission.id);
    let run: RunSummary;
    try {
      run = await runs.submit(submission);
    } catch (thrown) {
      services.metrics.submissions.inc({ protocol: 'sluice', result: asSluiceError(thrown).code });
      throw thrown;
    }
    services.metrics.submissions.inc({ protocol: 'sluice', result: 'accepted' });
    log.debug({ run: run.id }, 'run submitted');
    if (submission.whenLeft === 'cancel') cancelWhenLeft(run.id, this.#context);
    if (ended.aborted) return;
    await this.#send({ type: 'accepted', request, run });
    this.#follow(run, -1);
  }

  #demandRoom(run: string | undefined): void {
    if (run !== undefined && this.#followed.has(run)) {
      throw failure('protocol.invalid', 'The run is followed on this connection already.');
    }
    if (this.#followed.size < mostFollowed) return;
    throw failure('protocol.limit', `A connection follows at most ${mostFollowed} runs at once.`);
  }

  #follow({ id: run, state }: RunSummary, after: number): void {
    const { runs, ended, outbox, services, log } = this.#context;
    const stop = new AbortController();
    const signal = AbortSignal.any([ended, stop.signal]);
    const followed: Followed = { window: new EventWindow(after), stop };
    this.#followed.set(run, followed);
    const fail = (thrown: unknown): void => {
      if (ended.aborted) return;
      log.warn({ run, ...thrownFields(thrown) }, 'a run is followed no more');
      this.#send({ type: 'refused', issue: asSluiceError(thrown).issue }).catch((lost: unknown) =>
        log.debug(thrownFields(lost), 'connection lost'),
      );
    };
    follow({
      ...{ runs, run, after, signal, fail },
      tellPosition: state === 'waiting' ? (position) => this.#send({ type: 'waiting', run, position }) : undefined,
      tell: async ({ sequence, frame }) => {
        const bytes = typeof frame === 'string' ? Buffer.byteLength(frame) : frame.byteLength;
        if (bytes > limits.message.bytes) throw tooLarge(sequence);
        await followed.window.room(bytes, signal);
        if (signal.aborted) return;
        followed.window.sent(sequence, bytes); // before it leaves, because its receipt may be there first
        await outbox.send(frame);
        services.metrics.events.inc({ protocol: 'sluice' });
      },
    })
      .catch(fail)
      .finally(() => {
        if (this.#followed.get(run) === followed) this.#followed.delete(run);
      });
  }

  #send(message: FromRelay): Promise<void> {
    return this.#context.outbox.send(encodeFrame(message));
  }
}

/** Cancels the run when the connection ends. */
export function cancelWhenLeft(run: string, { ended, runs, log }: SessionContext): void {
  const cancel = (): void => {
    log.info({ run }, 'run cancelled, because who submitted it has left');
    runs.cancel(run).catch((thrown: unknown) => log.warn({ run, ...thrownFields(thrown) }, 'cancelling failed'));
  };
  if (ended.aborted) cancel();
  else ended.addEventListener('abort', cancel, { once: true });
}

/** Undefined for what is no message. Fails with protocol.limit. */
function decoded(received: Received): Readonly<Record<string, unknown>> | undefined {
  try {
    const message = decodeFrame(received, (json) => requireSmallJson(json, limits.request));
    const isMessage = typeof message === 'object' && message !== null && 'type' in message;
    return isMessage && typeof message.type === 'string' ? message : undefined;
  } catch (thrown) {
    if (asSluiceError(thrown).code === 'protocol.limit') throw thrown;
    return undefined; // its sender hears of it by the close code
  }
}

/** Only a relay of before kept such events; no client takes them. */
function tooLarge(sequence: number): Error {
  const most = `${limits.message.bytes} bytes`;
  return failure(
    'protocol.limit',
    `The event ${sequence} of the run is larger than the ${most} that a message may have.`,
    {
      hint: 'Ask for the events over HTTP: GET /api/runs/ID/events.',
    },
  );
}

function requestOf(message: object): number | undefined {
  const request = 'request' in message ? message.request : undefined;
  return typeof request === 'number' && Number.isSafeInteger(request) && request >= 0 ? request : undefined;
}

function unreadable({ type }: Readonly<Record<string, unknown>>, findings: readonly Finding[]): Error {
  const known = toRelay.options.some((option) => option.shape.type.value === type);
  if (!known) return failure('protocol.invalid', 'sluice.v1 has no message of this type.');
  const cause = reportOf(findings, 'the message');
  return failure('protocol.invalid', 'A message has not the fields that it needs.', { cause });
}
