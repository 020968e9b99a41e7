// Sluice's own protocol on /ws/connect, chosen by the WebSocket subprotocol `sluice.v1`. Each side ignores fields that it
// does not know; a message of an unknown type is answered with `refused`. Frames: frames.ts.
import type { Issue } from '../../errors.ts';
import { z } from '../../zod.ts';
import type { RunEvent } from '../events.ts';
import { runIdSchema, runSubmission, sequenceSchema, type RunSummary } from './runs.ts';

export { keySubprotocol, subprotocol } from './subprotocols.ts';

const request = z.int().min(0).describe('Chosen by the client; the answer carries it.');

/** From the client. */
export const toRelay = z.discriminatedUnion('type', [
  /** Answered by `accepted`, then followed from its first event. */
  z.object({ type: z.literal('submit'), request, submission: runSubmission }),
  /** Answered by `following`, then by the events after that one. A run is followed once on a connection. */
  z.object({ type: z.literal('follow'), request, run: runIdSchema, after: sequenceSchema.default(-1) }),
  z.object({ type: z.literal('unfollow'), run: runIdSchema }),
  /** Answered by `cancelling`; the run ends with an event of its own. */
  z.object({ type: z.literal('cancel'), request, run: runIdSchema }),
  /** All events up to this one have been taken in. */
  z.object({ type: z.literal('received'), run: runIdSchema, sequence: sequenceSchema }),
  /** Answered by `pong`, so that a network that is gone is noticed. */
  z.object({ type: z.literal('ping') }),
]);

export type ToRelay = z.infer<typeof toRelay>;
/** With defaults left out. */
export type ToRelayInput = z.input<typeof toRelay>;

/** From the relay. */
export type FromRelay =
  /** First, before the client says anything. `answersPings`: the client may send `ping`. */
  | { readonly type: 'welcome'; readonly relay: string; readonly version: string; readonly answersPings?: true }
  | { readonly type: 'pong' }
  | { readonly type: 'accepted'; readonly request: number; readonly run: RunSummary }
  | { readonly type: 'following'; readonly request: number; readonly run: RunSummary }
  /** How many wait before it; only while it waits. */
  | { readonly type: 'waiting'; readonly run: string; readonly position: number }
  | { readonly type: 'event'; readonly run: string; readonly event: RunEvent }
  /** `ended`: there was nothing left to cancel. */
  | { readonly type: 'cancelling'; readonly request: number; readonly run: string; readonly ended: boolean }
  /** Why a request, or a message that cannot be told to be one, is not followed. */
  | { readonly type: 'refused'; readonly request?: number; readonly issue: Issue };

/** Close codes beyond those of RFC 6455, section 7.4.1. */
export const closeCodes = {
  /** The relay stops; connect again later and follow. */
  goingAway: 1001,
  /** A frame that is no message of this protocol. */
  protocol: 1002,
  /** The key is no longer good, or the connection sent too much. */
  policy: 1008,
  /** A frame over the limit. */
  tooLarge: 1009,
} as const;
