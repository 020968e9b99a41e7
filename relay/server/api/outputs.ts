// What the stages of a run have shown, taken from its journal.
import { RecordBatchStreamWriter } from 'apache-arrow';
import type { RunEvent, StageOutput } from '../../../shared/protocol/events.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import { decodeFrame } from '../../../shared/protocol/relay/frames.ts';
import { decodeBatches } from '../../../shared/values/ipc.ts';
import type { JournalEntry } from '../../queue/queue.ts';

export interface FoundOutput {
  /** From 0 on, in the order in which they were shown. */
  readonly index: number;
  readonly stage: string;
  readonly output: StageOutput;
}

/** Outputs one by one, so that no more than one is held. */
export async function* outputsOf(events: AsyncIterable<JournalEntry>, last: number): AsyncGenerator<FoundOutput> {
  if (last < 0) return;
  let index = 0;
  for await (const { frame, sequence, terminal } of events) {
    const { event } = decodeFrame(frame) as { event: RunEvent };
    if (event.type === 'stage_output') yield { index: index++, stage: event.name, output: event.output };
    if (sequence >= last || terminal) return;
  }
}

/** All outputs without their rows; `truncated` where they are more than an answer may have. */
export async function listOutputs(found: AsyncIterable<FoundOutput>) {
  const outputs: ReturnType<typeof describeOutput>[] = [];
  let bytes = 0;
  for await (const one of found) {
    const output = describeOutput(one);
    bytes += Buffer.byteLength(JSON.stringify(output)) + 1;
    if (bytes > limits.answer.bytes - 1024) return { outputs, truncated: true };
    outputs.push(output);
  }
  return { outputs };
}

/** An output without its rows. */
export function describeOutput({ index, stage, output }: FoundOutput) {
  if (output.kind !== 'show') return { index, stage, ...output };
  const { kind, columns, rows, truncated } = output;
  return { index, stage, kind, columns, rows, truncated };
}

/** The rows as one Arrow IPC stream. */
export function arrowStream({ batches }: Extract<StageOutput, { kind: 'show' }>): Uint8Array {
  const [first] = batches;
  if (batches.length === 1 && first) return first;
  return RecordBatchStreamWriter.writeAll(batches.flatMap((bytes) => decodeBatches(bytes))).toUint8Array(true);
}
