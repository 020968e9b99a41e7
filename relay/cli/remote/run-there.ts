// A run on another machine: on a relay of ours in our own protocol, else on an Aqueducts executor in its own.
import { randomUUID } from 'node:crypto';
import { FollowedRun } from '../../../shared/protocol/relay/followed-run.ts';
import { pause } from '../../../shared/protocol/relay/pause.ts';
import type { ExecutorOptions } from '../input/executor.ts';
import type { GivenDocument } from '../input/document.ts';
import { outcomeOf, type Outcome, type Reporter } from '../output/report.ts';
import { clientLocations } from './client-locations.ts';
import { connect, type Connection } from './connect.ts';
import { ExecutorRun } from './executor-run.ts';
import { relayOf, type Relay } from './relay.ts';
import { submitted, wireText } from './submitted.ts';

export interface ThereOptions extends ExecutorOptions {
  readonly whenLeft: 'continue' | 'cancel';
}

/** Runs it and reports to its end. Fails with relay.unreachable, relay.lost, key.*, and what the relay refuses. */
export async function runThere(
  document: GivenDocument,
  options: ThereOptions,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<Outcome> {
  const relay = await relayOf(options, (issue) => reporter.report({ type: 'notice', issue, sequence: 0 }));
  const connection = await reach(relay, signal);
  if (!connection) {
    await reporter.report({ type: 'run_cancelled', durationMs: 0, sequence: 0 });
    return 'cancelled';
  }
  if (connection.protocol === 'aqueducts') {
    return new ExecutorRun(connection, reporter, signal).follow(clientLocations(wireText(document)));
  }
  const submission = { ...submitted(document), id: randomUUID(), whenLeft: options.whenLeft };
  const host = { connect: (ending: AbortSignal) => connect(relay, ending, ['sluice']), pause };
  const run = new FollowedRun(host, {
    ...{ submission, signal },
    onEvent: (event) => reporter.report(event),
    onNews: (news) => reporter.report(news.type === 'accepted' ? { ...news, run: submission.id } : news),
  });
  return outcomeOf(await run.follow(connection)) ?? 'failed';
}

/** Undefined when the user stops before there is a connection. */
async function reach(relay: Relay, signal: AbortSignal): Promise<Connection | undefined> {
  try {
    return await connect(relay, signal, ['sluice', 'aqueducts']);
  } catch (thrown) {
    if (signal.aborted) return undefined;
    throw thrown;
  }
}
