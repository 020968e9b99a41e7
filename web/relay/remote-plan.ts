// Plans that a relay makes, of what it can reach.
import { failure } from '../../shared/errors.ts';
import { readPlanAnswer } from '../../shared/protocol/relay/plans.ts';
import type { PlanAnswer, RunRequest } from '../../shared/protocol/worker.ts';
import { ask, type Relay } from './ask.ts';

/** Milliseconds: a little more than a relay gives to a plan. */
const patience = 75_000;

/** Fails with relay.unreachable, relay.lost, and what the relay refuses. */
export async function planOnRelay(relay: Relay, { text, parameters }: RunRequest): Promise<PlanAnswer> {
  const answer = await ask(relay, 'api/plans', { patience, body: { document: text, parameters } });
  const { host } = relay.address.http;
  const body = await answer.text().catch((thrown: unknown) => {
    throw failure('relay.lost', `The connection to the relay at ${host} was lost.`, { cause: thrown });
  });
  return readPlanAnswer(answer.status, body, host);
}
