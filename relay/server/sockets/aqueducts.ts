// The Aqueducts protocol on a socket, as its command expects it: every request is answered, in order.
import { randomUUID } from 'node:crypto';
import { asSluiceError, failure, type Issue } from '../../../shared/errors.ts';
import type { FromExecutor } from '../../../shared/protocol/aqueducts.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { decodeFrame } from '../../../shared/protocol/relay/frames.ts';
import { runSubmission, type RunSummary } from '../../../shared/protocol/relay/runs.ts';
import { checked } from '../checked.ts';
import { thrownFields } from '../log.ts';
import { noExecution, readRequest, type ExecutorRequest } from './aqueducts-request.ts';
import { follow } from './following.ts';
import type { Received } from './inbox.ts';
import { executionError, projection } from './projection.ts';
import { mostFollowed, type Session, type SessionContext } from './session.ts';

export class AqueductsSession implements Session {
  readonly #context: SessionContext;
  /** Runs that are followed and cancels that wait for their end. */
  #pending = 0;
  /** The answers to cancels, by execution. */
  readonly #cancels = new Map<string, Promise<void>>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  get following(): number {
    return this.#pending;
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  async take(received: Received): Promise<void> {
    let request: ExecutorRequest;
    try {
      request = readRequest(received);
    } catch (thrown) {
      await this.#refuse(noExecution, thrown);
      return;
    }
    const id = request.type === 'cancel_request' ? request.id : randomUUID();
    try {
      if (this.#pending >= mostFollowed) {
        throw failure('protocol.limit', `A connection waits for at most ${mostFollowed} executions at once.`);
      }
      if (request.type === 'cancel_request') await this.#cancel(id);
      else await this.#submit(id, request.document);
    } catch (thrown) {
      await this.#refuse(id, thrown);
    }
  }

  async #submit(id: string, document: string): Promise<void> {
    const { runs, log, services, ended } = this.#context;
    const submission = checked(runSubmission, { id, document, syntax: 'json', substituted: true }, 'the pipeline');
    let run: RunSummary;
    try {
      run = await runs.submit(submission);
    } catch (thrown) {
      services.metrics.submissions.inc({ protocol: 'aqueducts', result: asSluiceError(thrown).code });
      throw thrown;
    }
    services.metrics.submissions.inc({ protocol: 'aqueducts', result: 'accepted' });
    log.debug({ run: id }, 'run submitted');
    if (ended.aborted) return;
    await this.#send({ type: 'execution_response', execution_id: id });
    const project = projection(id);
    this.#wait(
      id,
      follow({
        ...{ runs, run: id, after: -1, signal: ended },
        tellPosition:
          run.state === 'waiting'
            ? (position) => this.#send({ type: 'queue_position', execution_id: id, position })
            : undefined,
        tell: async ({ frame }) => {
          const { event } = decodeFrame(frame) as { event: RunEvent };
          // the command takes whichever comes first for the end
          if (event.type === 'run_cancelled') await this.#cancels.get(id)?.catch(() => undefined);
          for (const message of project(event)) await this.#send(message);
          services.metrics.events.inc({ protocol: 'aqueducts' });
        },
        fail: (thrown) => this.#lost(id, thrown),
      }),
    );
  }

  /** Answered when nothing of the run goes on any more. */
  async #cancel(id: string): Promise<void> {
    const { runs, ended } = this.#context;
    await runs.cancel(id);
    const answer = async (): Promise<void> => {
      const outcome = await runs.outcome(id, ended);
      if (ended.aborted) return;
      if (outcome === 'cancelled') await this.#send({ type: 'cancel_response', execution_id: id });
      else await this.#refuse(id, failure('run.unknown', 'The execution had ended before it could be cancelled.'));
    };
    const answered = Promise.all([this.#cancels.get(id), answer()]).then(() => undefined);
    this.#cancels.set(id, answered);
    this.#wait(
      id,
      answered.finally(() => {
        if (this.#cancels.get(id) === answered) this.#cancels.delete(id);
      }),
    );
  }

  #wait(id: string, work: Promise<void>): void {
    this.#pending += 1;
    work
      .catch((thrown: unknown) => this.#lost(id, thrown))
      .finally(() => {
        this.#pending -= 1;
      });
  }

  /** An execution that can be followed no more; its client must not wait for ever. */
  #lost(id: string, thrown: unknown): void {
    const { ended, log } = this.#context;
    if (ended.aborted) return;
    log.warn({ run: id, ...thrownFields(thrown) }, 'a run is followed no more');
    this.#refuse(id, thrown).catch((lost: unknown) => log.debug(thrownFields(lost), 'connection lost'));
  }

  #refuse(id: string, thrown: unknown): Promise<void> {
    const issue: Issue = asSluiceError(thrown).issue;
    if (issue.code === 'internal') this.#context.log.error(thrownFields(thrown), 'a message could not be answered');
    return this.#send(executionError(id, issue));
  }

  #send(message: FromExecutor): Promise<void> {
    return this.#context.outbox.send(JSON.stringify(message));
  }
}
