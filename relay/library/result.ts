// What a run has given, gathered from its events.
import type { Issue } from '../../shared/errors.ts';
import type { RunEvent, StageOutput } from '../../shared/protocol/events.ts';
import { rowsOf } from '../../shared/values/codec.ts';
import { decodeBatches } from '../../shared/values/ipc.ts';
import type { PipelineDestination, PipelineOutput, PipelineResult } from './api.ts';

type Gathered = { -readonly [Key in keyof PipelineResult]: PipelineResult[Key] };

export class ResultGatherer {
  readonly #notices: Issue[] = [];
  readonly #outputs: PipelineOutput[] = [];
  readonly #result: Gathered = { outcome: 'failed', notices: this.#notices, outputs: this.#outputs, durationMs: 0 };

  take(event: RunEvent): void {
    if (event.type === 'notice') this.#notices.push(event.issue);
    if (event.type === 'planned') this.#result.plan = event.plan;
    if (event.type === 'stage_output') this.#outputs.push(outputOf(event.name, event.output));
    if (event.type === 'destination_completed') this.#result.destination = destinationOf(event);
    if (event.type === 'run_failed') this.#result.issue = event.issue;
    if (event.type === 'run_completed') this.#result.outcome = 'succeeded';
    if (event.type === 'run_cancelled') this.#result.outcome = 'cancelled';
    if (event.type === 'run_completed' || event.type === 'run_failed' || event.type === 'run_cancelled') {
      this.#result.durationMs = event.durationMs;
    }
  }

  get result(): PipelineResult {
    return this.#result;
  }
}

function outputOf(stage: string, output: StageOutput): PipelineOutput {
  if (output.kind !== 'show') return { stage, ...output };
  const { kind, columns, batches, truncated } = output;
  const rows = batches.flatMap((bytes) => decodeBatches(bytes)).flatMap((batch) => rowsOf(batch, columns));
  return { stage, kind, columns, rows, truncated };
}

function destinationOf(event: RunEvent & { type: 'destination_completed' }): PipelineDestination {
  const { name, location, rows, bytes, files } = event;
  return {
    ...{ name, rows },
    ...(location === undefined ? {} : { location }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(files === undefined ? {} : { files }),
  };
}
