// The messages of the Aqueducts executor on /ws/connect: JSON text, a field `type`, unknown fields ignored.
import { z } from '../zod.ts';

const id = z.string();
const position = z.int().min(0);

/** From a client; `pipeline` is a document whose parameters are replaced. */
export const toExecutor = z.discriminatedUnion('type', [
  z.object({ type: z.literal('execution_request'), pipeline: z.unknown() }),
  z.object({ type: z.literal('cancel_request'), execution_id: id }),
]);

export type ToExecutor = z.infer<typeof toExecutor>;

const progressEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  z.object({ type: z.literal('source_registered'), name: z.string() }),
  z.object({ type: z.literal('stage_started'), name: z.string(), position, sub_position: position }),
  z.object({
    ...{ type: z.literal('stage_completed'), name: z.string(), position, sub_position: position },
    duration_ms: z.number(),
  }),
  z.object({ type: z.literal('destination_completed') }),
  z.object({ type: z.literal('completed'), duration_ms: z.number() }),
]);

const outputPayload = z.discriminatedUnion('type', [
  z.object({ type: z.literal('output_start'), output_header: z.string() }),
  z.object({ type: z.literal('output_chunk'), sequence: z.int(), body: z.string() }),
  z.object({ type: z.literal('output_end'), output_footer: z.string() }),
]);

/** From an executor. Stock ones never send the two responses; ours sends `execution_response` first. */
export const fromExecutor = z.discriminatedUnion('type', [
  z.object({ type: z.literal('execution_response'), execution_id: id }),
  z.object({ type: z.literal('cancel_response'), execution_id: id }),
  z.object({ type: z.literal('queue_position'), execution_id: id, position }),
  /** Percent; stock executors exceed 100. */
  z.object({ type: z.literal('progress_update'), execution_id: id, progress: z.number(), event: progressEvent }),
  z.object({ type: z.literal('stage_output'), execution_id: id, stage_name: z.string(), payload: outputPayload }),
  z.object({ type: z.literal('execution_succeeded'), execution_id: id }),
  z.object({ type: z.literal('execution_error'), execution_id: id, message: z.string() }),
]);

export type FromExecutor = z.infer<typeof fromExecutor>;
export type ProgressEvent = z.infer<typeof progressEvent>;
export type OutputPayload = z.infer<typeof outputPayload>;

/** What one `output_chunk` holds at most, in Unicode characters. */
export const chunkCharacters = 32_000;
