// A run on another machine: on a relay of ours in our own protocol, else on an Aqueducts executor in its own.
import { randomUUID } from 'node:crypto';
import { failure } from '../../../shared/errors.ts';
import type { Pipeline } from '../../../shared/pipeline/schema.ts';
import { toWire } from '../../../shared/pipeline/serialize.ts';
import { FollowedRun } from '../../../shared/protocol/relay/followed-run.ts';
import { readKey, type ExecutorOptions } from '../input/executor.ts';
import type { GivenDocument } from '../input/document.ts';
import { outcomeOf, type Outcome, type Reporter } from '../output/report.ts';
import { isLoopback, socketAddress } from './address.ts';
import { clientLocations } from './client-locations.ts';
import { connect, type Connection, type Relay } from './connect.ts';
import { ExecutorRun } from './executor-run.ts';
import { pause } from './pause.ts';

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
  const relay = await relayOf(options, reporter);
  const connection = await reach(relay, signal);
  if (!connection) {
    await reporter.report({ type: 'run_cancelled', durationMs: 0, sequence: 0 });
    return 'cancelled';
  }
  if (connection.protocol === 'aqueducts') {
    return new ExecutorRun(connection, reporter, signal).follow(clientLocations(wireText(document)));
  }
  const { quoted, parameters, loaded, secrets } = document;
  // As it was typed, its issues point into that text, and its secrets are the relay's; secrets that are given here travel.
  const text = secrets
    ? { document: toWire(requirePipeline(document)), parameters: {}, substituted: true }
    : { document: quoted.text, syntax: loaded.syntax, parameters, substituted: false };
  const submission = { ...text, id: randomUUID(), whenLeft: options.whenLeft };
  const host = { connect: () => connect(relay, new AbortController().signal, ['sluice']), pause };
  const run = new FollowedRun(host, {
    ...{ submission, signal },
    onEvent: (event) => reporter.report(event),
    onNews: (news) => reporter.report(news.type === 'accepted' ? { ...news, run: submission.id } : news),
  });
  return outcomeOf(await run.follow(connection)) ?? 'failed';
}

/** The address and key that were given. Warns when the key travels unencrypted. */
export async function relayOf(options: ExecutorOptions, reporter?: Reporter): Promise<Relay> {
  const address = socketAddress(options.executor ?? '');
  const key = await readKey(options);
  if (key !== undefined && address.protocol === 'ws:' && !isLoopback(address)) {
    const message = `The API key and the data travel to ${address.host} without encryption.`;
    const hint = 'Give an https:// or wss:// address where the relay has one.';
    const issue = { code: 'key.invalid', severity: 'warning', message, hint } as const;
    await reporter?.report({ type: 'notice', issue, sequence: 0 });
  }
  return { address, key };
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

/** Canonical JSON with all values in it, for executors that know no secrets. */
function wireText(document: GivenDocument): string {
  const [secret] = document.loaded.secretReferences;
  if (secret && !document.secrets) {
    throw failure('secret.not_found', `An Aqueducts executor cannot fill in the secret \`${secret.name}\`.`, {
      hint: 'Give its value with --env-file.',
    });
  }
  return toWire(requirePipeline(document));
}

function requirePipeline({ loaded }: GivenDocument): Pipeline {
  if (loaded.pipeline) return loaded.pipeline;
  throw failure('internal', 'A document with errors was about to be sent.');
}
