// A plan of what a run would do on a relay, which looks at what it can reach itself.
import { readPlanAnswer } from '../../../shared/protocol/relay/plans.ts';
import type { PlanAnswer } from '../../../shared/protocol/worker.ts';
import type { GivenDocument } from '../input/document.ts';
import { unreachable, type Relay } from './relay.ts';
import { submitted } from './submitted.ts';

/** Fails with relay.unreachable and what the relay refuses; with the signal's reason when it is aborted. */
export async function planThere(document: GivenDocument, relay: Relay, signal: AbortSignal): Promise<PlanAnswer> {
  const { address, key } = relay;
  try {
    const answer = await fetch(new URL('api/plans', address.http), {
      ...{ method: 'POST', signal, body: JSON.stringify(submitted(document)) },
      headers: { 'Content-Type': 'application/json', ...(key === undefined ? {} : { 'X-API-Key': key }) },
    });
    return readPlanAnswer(answer.status, await answer.text(), address.http.host);
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof TypeError)) throw thrown;
    throw unreachable(relay, thrown.cause ?? thrown);
  }
}
