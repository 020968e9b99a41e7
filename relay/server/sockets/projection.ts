// What a RunEvent is in the Aqueducts protocol (chapters 9 and 10.3 of the compatibility reference). Percent never falls
// and ends at 100: what a stock executor counts and miscounts is not imitated.
import type { RunEvent, StageOutput } from '../../../shared/protocol/events.ts';
import { chunkCharacters, type FromExecutor, type ProgressEvent } from '../../../shared/protocol/aqueducts.ts';
import type { Issue } from '../../../shared/errors.ts';
import { outputHeader } from '../../text/header.ts';
import { outputText } from '../../text/output.ts';

/** Answers the messages of one event after the other of the run; they are made as they are asked for. */
export function projection(id: string): (event: RunEvent) => Iterable<FromExecutor> {
  let [done, total] = [0, 0];
  const progress = (event: ProgressEvent, finished = 0): FromExecutor => {
    done += finished;
    const percent = event.type === 'completed' ? 100 : Math.min(99, Math.floor((done / Math.max(total, 1)) * 100));
    return { type: 'progress_update', execution_id: id, progress: percent, event };
  };
  return function* messages(event) {
    switch (event.type) {
      case 'run_started':
        yield progress({ type: 'started' });
        break;
      case 'planned': {
        const { sources, stages, destination } = event.plan;
        total = sources.length + 2 * stages.length + (destination ? 1 : 0) + 1;
        break;
      }
      case 'source_completed':
        yield progress({ type: 'source_registered', name: event.name }, 1);
        break;
      case 'stage_started':
        yield progress({ type: 'stage_started', ...placeOf(event) }, 1);
        break;
      case 'stage_output':
        yield* outputMessages(id, event.name, event.output);
        break;
      case 'stage_completed':
        yield progress({ type: 'stage_completed', ...placeOf(event), duration_ms: event.durationMs }, 1);
        break;
      case 'destination_completed':
        yield progress({ type: 'destination_completed' }, 1);
        break;
      case 'run_completed':
        yield progress({ type: 'completed', duration_ms: event.durationMs }, 1);
        yield { type: 'execution_succeeded', execution_id: id };
        break;
      case 'run_failed':
        yield executionError(id, event.issue);
        break;
      case 'run_cancelled':
        yield { type: 'execution_error', execution_id: id, message: 'The run was cancelled.' };
        break;
      case 'source_started':
      case 'source_progress':
      case 'stage_progress':
      case 'check_completed':
      case 'destination_started':
      case 'destination_progress':
      case 'notice':
    }
  };
}

export function executionError(id: string, { message, hint }: Issue): FromExecutor {
  return { type: 'execution_error', execution_id: id, message: hint === undefined ? message : `${message} ${hint}` };
}

type StageEvent = Extract<RunEvent, { type: 'stage_started' | 'stage_completed' }>;

function placeOf({ name, position, subPosition }: StageEvent) {
  return { name, position, sub_position: subPosition };
}

function* outputMessages(id: string, stage: string, output: StageOutput): Generator<FromExecutor> {
  const of = { type: 'stage_output', execution_id: id, stage_name: stage } as const;
  yield { ...of, payload: { type: 'output_start', output_header: outputHeader(stage, output) } };
  let sequence = 0;
  for (const body of chunksOf(outputText(output))) {
    yield { ...of, payload: { type: 'output_chunk', sequence: sequence++, body } };
  }
  yield { ...of, payload: { type: 'output_end', output_footer: '' } };
}

/** Pieces of at most `most` Unicode characters, none of which is torn. */
export function* chunksOf(text: string, most = chunkCharacters): Generator<string> {
  let [start, characters, at] = [0, 0, 0];
  for (const character of text) {
    if (characters === most) {
      yield text.slice(start, at);
      [start, characters] = [at, 0];
    }
    characters += 1;
    at += character.length;
  }
  if (at > start) yield text.slice(start, at);
}
