// A run on an Aqueducts executor (chapters 9 and 10 of the reference). Stock executors answer neither requests nor cancels,
// and their last messages may overtake others.
import { failure, type Issue } from '../../../shared/errors.ts';
import { fromExecutor, type FromExecutor } from '../../../shared/protocol/aqueducts.ts';
import type { Outcome, Report, Reporter } from '../output/report.ts';
import type { Connection } from './connect.ts';
import { lost } from '../../../shared/protocol/relay/inbox.ts';
import { StageOutputs } from './stage-outputs.ts';

/** Milliseconds that late messages may take after the last one, and the answer to a cancel. */
const patience = { straggler: 1000, cancel: 3000 } as const;

export class ExecutorRun {
  readonly #connection: Connection;
  readonly #reporter: Reporter;
  readonly #signal: AbortSignal;
  readonly #started = performance.now();
  readonly #outputs = new Map<string, StageOutputs>();
  #id: string | undefined;
  #progress = 0;
  #reports = 0;

  constructor(connection: Connection, reporter: Reporter, signal: AbortSignal) {
    this.#connection = connection;
    this.#reporter = reporter;
    this.#signal = signal;
  }

  /** Submits canonical JSON and follows the run to its end. Fails with relay.lost, protocol.invalid. */
  async follow(pipeline: string): Promise<Outcome> {
    const { inbox } = this.#connection;
    try {
      // the text as it is: its large integers must keep their digits
      await this.#connection.sendText(`{"type":"execution_request","pipeline":${pipeline}}`);
      for (;;) {
        const next = await inbox.next(this.#signal);
        if (this.#signal.aborted) return await this.#cancel(next);
        if (next === undefined) continue;
        if ('code' in next) throw lost(next);
        const outcome = await this.#take(next.message);
        if (outcome) return outcome;
      }
    } finally {
      this.#connection.close();
    }
  }

  /** Takes a message; answers the outcome after the last one. */
  async #take(received: unknown): Promise<Outcome | undefined> {
    const parsed = fromExecutor.safeParse(received);
    if (!parsed.success) {
      throw failure('protocol.invalid', 'The executor sent a message that is none of its protocol.');
    }
    const message = parsed.data;
    if (this.#id === undefined) {
      this.#id = message.execution_id;
      await this.#report({ type: 'accepted', run: this.#id });
    }
    if (message.execution_id !== this.#id) return undefined;
    switch (message.type) {
      case 'queue_position':
        await this.#report({ type: 'waiting', position: message.position });
        return undefined;
      case 'progress_update':
        await this.#takeProgress(message);
        return undefined;
      case 'stage_output':
        await this.#takeOutput(message);
        return undefined;
      case 'execution_succeeded':
        await this.#stragglers();
        await this.#end({ type: 'run_completed' });
        return 'succeeded';
      case 'execution_error':
        await this.#stragglers();
        await this.#end({
          type: 'run_failed',
          issue: {
            code: 'executor.failed',
            severity: 'error',
            message: `Pipeline execution failed: ${message.message}`,
          },
        });
        return 'failed';
      case 'execution_response':
      case 'cancel_response':
        return undefined;
    }
  }

  /** Stock executors count past 100 and may send a lower number late. */
  async #takeProgress({ progress, event }: FromExecutor & { type: 'progress_update' }): Promise<void> {
    this.#progress = Math.max(this.#progress, Math.min(100, Math.max(0, Math.trunc(progress))));
    await this.#report({ type: 'executor_progress', progress: this.#progress, event });
  }

  async #takeOutput({ stage_name: name, payload }: FromExecutor & { type: 'stage_output' }): Promise<void> {
    const outputs = this.#outputs.get(name) ?? new StageOutputs();
    this.#outputs.set(name, outputs);
    for (const output of outputs.add(payload)) await this.#report({ type: 'executor_output', name, ...output });
  }

  /** Waits for what the last message has overtaken, then shows what there is. */
  async #stragglers(): Promise<void> {
    while ([...this.#outputs.values()].some((outputs) => outputs.isOpen)) {
      const next = await this.#connection.inbox.next(AbortSignal.timeout(patience.straggler));
      if (next === undefined || 'code' in next) break;
      const parsed = fromExecutor.safeParse(next.message);
      if (parsed.success && parsed.data.type === 'stage_output') await this.#takeOutput(parsed.data);
      if (parsed.success && parsed.data.type === 'progress_update') await this.#takeProgress(parsed.data);
    }
    for (const [name, outputs] of this.#outputs) {
      for (const output of outputs.rest()) await this.#report({ type: 'executor_output', name, ...output });
    }
  }

  /** Cancels as soon as there is an id to cancel, and waits for the answer, for which stock executors have none. */
  async #cancel(first: Awaited<ReturnType<Connection['inbox']['next']>>): Promise<Outcome> {
    const signal = AbortSignal.timeout(patience.cancel);
    let sent = false;
    let next = first;
    for (;;) {
      if (next && 'code' in next) break;
      const outcome = next && (await this.#take(next.message));
      if (outcome) return outcome;
      if (next && (next.message as FromExecutor).type === 'cancel_response') break;
      if (this.#id !== undefined && !sent) {
        sent = true;
        await this.#connection.send({ type: 'cancel_request', execution_id: this.#id });
      }
      next = await this.#connection.inbox.next(signal);
      if (signal.aborted && next === undefined) {
        await this.#unconfirmed();
        break;
      }
    }
    await this.#end({ type: 'run_cancelled' });
    return 'cancelled';
  }

  async #unconfirmed(): Promise<void> {
    const message =
      this.#id === undefined
        ? 'Execution cancelled, but no execution ID was available: it may go on there.'
        : `The executor was asked to cancel ${this.#id} and does not confirm it, as stock executors do.`;
    await this.#report({ type: 'notice', issue: { code: 'run.cancelled', severity: 'warning', message } });
  }

  async #end(
    body: { type: 'run_completed' } | { type: 'run_cancelled' } | { type: 'run_failed'; issue: Issue },
  ): Promise<void> {
    await this.#report({ ...body, durationMs: Math.round(performance.now() - this.#started) });
  }

  /** Reports that are events of a run get their number here. */
  async #report(report: Unnumbered): Promise<void> {
    const numbered = report.type === 'notice' || report.type.startsWith('run_');
    await this.#reporter.report((numbered ? { ...report, sequence: this.#reports++ } : report) as Report);
  }
}

type Unnumbered = Report extends infer Each
  ? Each extends Report
    ? Omit<Each, 'sequence'> & { type: Each['type'] }
    : never
  : never;
