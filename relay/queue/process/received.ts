// What the process of a run says, checked before it is believed: whoever has taken that process over must not harm the
// relay.
import { boundIssue, failure, SluiceError } from '../../../shared/errors.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import type { Plan } from '../../../shared/protocol/plan.ts';
import { decodeFrame, type Frame } from '../../../shared/protocol/relay/frames.ts';
import { issueSchema } from '../../../shared/protocol/relay/runs.ts';
import { z } from '../../../shared/zod.ts';
import type { ChildEvent, FromChild } from '../child/messages.ts';
import { entryOf } from '../journal/repair.ts';
import { endedBy } from '../outcome.ts';
import { boundParameters } from '../record-limits.ts';

const frame = z.custom<Frame>((value) => typeof value === 'string' || value instanceof Uint8Array);
const issue = issueSchema.transform(boundIssue);

const fromChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('alive') }),
  z.object({
    type: z.literal('parameters'),
    parameters: z.record(z.string(), z.string()).transform(boundParameters),
  }),
  z.object({
    type: z.literal('events'),
    events: z.array(
      z.object({
        entry: z.object({ sequence: z.int().min(0), frame, terminal: z.boolean() }),
        rows: z.int().min(0).exactOptional(),
      }),
    ),
  }),
  z.object({
    type: z.literal('planned'),
    answer: z.object({
      plan: z.custom<Plan>((value) => typeof value === 'object' && value !== null).exactOptional(),
      issues: z.array(issue),
    }),
  }),
  z.object({ type: z.literal('failed'), issue }),
]);

/** A message of a child. Fails with protocol.invalid. */
export function received(message: unknown): FromChild {
  const read = fromChild.safeParse(message);
  if (!read.success) throw failure('protocol.invalid', 'The process of the run says what no run says.');
  return read.data;
}

const lastEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run_completed'), sequence: z.int(), durationMs: z.number() }),
  z.object({ type: z.literal('run_cancelled'), sequence: z.int(), durationMs: z.number() }),
  z.object({ type: z.literal('run_failed'), sequence: z.int(), durationMs: z.number(), issue }),
]);

/** Bytes of a terminal event, which a journal takes beyond its limit; its issue is bounded then. */
const mostLast = 1024 * 1024;

/**
 * Events with how the run ended by the last of them, within the limits of an issue. Fails with protocol.invalid.
 */
export function endedEvents(run: string, events: readonly ChildEvent[]): ChildEvent[] {
  return events.map((event) => {
    if (!event.entry.terminal) return { ...event };
    const last: RunEvent | undefined = lastEvent.safeParse(messageOf(event.entry.frame)).data;
    const ended = last && endedBy(last);
    if (!ended || last.sequence !== event.entry.sequence) {
      throw failure('protocol.invalid', 'The process of the run ends it in a way that no run ends.');
    }
    return { ...event, entry: entryOf(run, last, true), ended };
  });
}

function messageOf(frame: Frame): unknown {
  if (frame.length > mostLast) return undefined;
  try {
    return (decodeFrame(frame) as { readonly event?: unknown } | null)?.event;
  } catch (thrown) {
    if (thrown instanceof SluiceError) return undefined;
    throw thrown;
  }
}
